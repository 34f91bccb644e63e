namespace EhrR1.Evaluation;

/// <summary>The files that are exported as they stand in this folder.</summary>
internal static class ExportTexts
{
    public static string Read(string name)
    {
        using var stream = typeof(ExportTexts).Assembly.GetManifestResourceStream($"EhrR1.Evaluation.Exports.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
