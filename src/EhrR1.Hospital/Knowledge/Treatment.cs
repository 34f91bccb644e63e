namespace EhrR1.Hospital;

/// <summary>What is done about a condition: a drug, a procedure, an imaging study, a culture, a consult or an item of the ICU.</summary>
internal sealed record Treatment(
    string Condition, string Kind, string Target, double Probability, double SeverityFrom, string Relation, double StartsAfterHours, double Days)
{
    public static ILookup<string, Treatment> ReadAll() =>
        ContentTable.Read("treatments.tsv").Rows
            .Select(r => new Treatment(r["condition"], r["kind"], r["target"], r.Number("probability"), r.Number("severity_from"), r["relation"], r.Number("starts_after_hours"), r.Number("days")))
            .ToLookup(t => t.Condition, StringComparer.Ordinal);
}
