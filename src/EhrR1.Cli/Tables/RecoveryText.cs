using System.Globalization;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>How much of a synthetic hospital's truth was recovered, for people.</summary>
internal static class RecoveryText
{
    public static void Write(TextWriter to, GraphRecovery all, GraphRecovery some)
    {
        var table = new PlainTable("Method", "True is", ">True", ">Found", ">Of them true", ">Recall", ">Precision");
        foreach (var row in all.Rows.Concat(some.Rows))
            table.Add(row.Method, row.Farthest == TruthTie.Direct ? "one relation" : "or one condition between", ConceptText.Number(row.True), ConceptText.Number(row.Found), ConceptText.Number(row.Hits), Share(row.Recall), Share(row.Precision));
        table.Write(to);
        to.WriteLine($"{ConceptText.Number(all.Pairs)} pairs of a target and a term of the history occur; {ConceptText.Number(all.Judged)} are judged, paths alone on {ConceptText.Number(some.Judged)} of them.");
    }

    private static string Share(double? share) => share is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "";
}
