namespace EhrR1.Hospital;

/// <summary>An imaging examination and the sentences by which its report tells a condition.</summary>
internal sealed record ImagingExam(string Name, string Modality, IReadOnlyDictionary<string, string> Findings, string NormalText)
{
    public static IReadOnlyList<ImagingExam> ReadAll() =>
        [.. ContentTable.Read("imaging.tsv").Rows.Select(r => new ImagingExam(r["exam_name"], r["modality"], ReadFindings(r["conditions_findings"]), r["normal_text"]))];

    private static Dictionary<string, string> ReadFindings(string cell)
    {
        var findings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in cell.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
                findings[part[..at].Trim()] = part[(at + 1)..].Trim();
        }
        return findings;
    }
}
