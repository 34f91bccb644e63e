using System.Globalization;

namespace EhrR1.Evaluation;

/// <summary>How numbers stand in the page.</summary>
internal static class Shown
{
    public static string Number(double? value, int decimals = 3) => value is { } v ? v.ToString($"F{decimals}", CultureInfo.InvariantCulture) : "–";

    public static string Interval(Score? score) => score switch
    {
        { Low: < 0, High: not null } => $"{Signed(score.Low)} to {Signed(score.High)}",
        { Low: not null, High: not null } => $"{Number(score.Low)}–{Number(score.High)}",
        _ => "",
    };

    public static string Signed(double? value) => value is { } v ? v.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture) : "–";

    public static string Percent(double? share) => share is { } s ? (s * 100).ToString(s is > 0 and < 0.1 ? "F1" : "F0", CultureInfo.InvariantCulture) + " %" : "–";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string P(double? p) => p is { } v ? v < 0.001 ? "< 0.001" : v.ToString("F3", CultureInfo.InvariantCulture) : "–";

    public static string Time(DateTimeOffset? time) => time is { } t ? t.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "–";

    public static string Duration(double milliseconds) => milliseconds switch
    {
        < 10 => milliseconds.ToString("0.##", CultureInfo.InvariantCulture) + " ms",
        < 1000 => milliseconds.ToString("F0", CultureInfo.InvariantCulture) + " ms",
        _ => (milliseconds / 1000).ToString("0.#", CultureInfo.InvariantCulture) + " s",
    };

    public static string Hash(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
