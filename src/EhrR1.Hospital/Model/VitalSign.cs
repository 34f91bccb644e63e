namespace EhrR1.Hospital;

/// <summary>A vital sign with its distribution in healthy adults, what general illness does to it, and the bounds of life.</summary>
internal sealed record VitalSign(string Name, double Mean, double Sd, double Illness, double Low, double High, int Decimals)
{
    public static readonly IReadOnlyList<VitalSign> All =
    [
        new("temperature", 98.2, 0.6, 0.25, 91, 106, 1),
        new("heartrate", 80, 13, 0.40, 25, 210, 0),
        new("resprate", 17, 2.4, 0.40, 5, 55, 0),
        new("o2sat", 97.6, 1.5, -0.35, 55, 100, 0),
        new("sbp", 130, 18, -0.35, 50, 240, 0),
        new("dbp", 73, 11, -0.25, 22, 140, 0),
    ];

    public static int IndexOf(string name) => name switch
    {
        "temperature" => 0,
        "heartrate" => 1,
        "resprate" => 2,
        "o2sat" => 3,
        "sbp" => 4,
        "dbp" => 5,
        _ => -1,
    };
}
