using System.Globalization;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>What the concepts of a workspace reach, for people.</summary>
internal static class ConceptText
{
    private const int MissesShown = 5;

    public static void Write(TextWriter to, ConceptSummary summary)
    {
        var table = new PlainTable("Event", "Field", ">Rows", ">Terms", ">Linked", ">By text alone", ">Exact", ">Normalised", ">Code", ">Ancestor", ">Approximate", ">Terms linked");
        foreach (var field in summary.Fields)
        {
            table.Add(
                field.EventType, field.Field, Number(field.Rows), Number(field.Terms), Share(field.RowsLinked, field.Rows), Share(field.RowsLinkedByText, field.Rows),
                Share(field.RowsByWay[LinkWay.Exact], field.Rows), Share(field.RowsByWay[LinkWay.Normalised], field.Rows), Share(field.RowsByWay[LinkWay.Code], field.Rows),
                Share(field.RowsByWay[LinkWay.Ancestor], field.Rows), Share(field.RowsByWay[LinkWay.Approximate], field.Rows), Share(field.TermsLinked, field.Terms));
        }

        table.Write(to);
        to.WriteLine($"{Number(summary.EventsWithConcepts)} of {Number(summary.Events)} events have a concept");
        if (summary.Notes > 0)
            to.WriteLine($"{Number(summary.Mentions)} mentions in {Number(summary.Notes)} free texts, {Number(summary.AssertedMentions)} of them of the patient");
        to.WriteLine("Most frequent misses:");
        foreach (var field in summary.Fields.Where(f => f.Misses.Count > 0 && f.EventType != "all"))
            to.WriteLine($"  {field.EventType} {field.Field}: {string.Join("; ", field.Misses.Take(MissesShown).Select(m => $"{m.Text} ({Number(m.Rows)})"))}");
    }

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Share(long part, long whole) => whole == 0 ? "" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
