namespace EhrR1.Charts;

/// <summary>The names of the profiles as written on the command line and in manifests.</summary>
public static class ChartProfileNames
{
    /// <summary>The name of a profile: <c>ehr-bench</c> or <c>strict</c>.</summary>
    public static string NameOf(ChartProfile profile) => profile == ChartProfile.Strict ? "strict" : "ehr-bench";

    /// <summary>The profile of a name.</summary>
    /// <exception cref="EhrR1Exception">The name is none of the two.</exception>
    public static ChartProfile Parse(string name) => name switch
    {
        "ehr-bench" => ChartProfile.EhrBench,
        "strict" => ChartProfile.Strict,
        _ => throw new EhrR1Exception($"'{name}' is no profile", null, "Use 'ehr-bench' or 'strict'"),
    };
}
