namespace EhrR1.Hospital;

/// <summary>What a condition does to a laboratory value or a vital sign, in standard deviations at full severity.</summary>
internal sealed record ConditionEffect(string Condition, bool IsLab, string Target, double Shift, double OnsetHours, double RecoveryHours)
{
    public static ILookup<string, ConditionEffect> ReadAll() =>
        ContentTable.Read("effects.tsv").Rows
            .Select(r => new ConditionEffect(r["condition"], r["target_kind"] == "lab", r["target"], r.Number("shift"), r.Number("onset_hours"), r.Number("recovery_hours", 72)))
            .ToLookup(e => e.Condition, StringComparer.Ordinal);
}
