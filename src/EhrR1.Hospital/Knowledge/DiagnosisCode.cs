namespace EhrR1.Hospital;

/// <summary>A diagnosis code with its title.</summary>
internal sealed record DiagnosisCode(string Code, int Version, string Title)
{
    public static IReadOnlyList<DiagnosisCode> ReadAll() =>
        [.. ContentTable.Read("diagnoses.tsv").Rows.Select(r => new DiagnosisCode(r["code"], r.Int("version", 10), r["long_title"]))];
}
