using System.Text;

namespace EhrR1.Training;

/// <summary>The texts of an export: files with places as <c>{{name}}</c>.</summary>
internal static class ExportTemplate
{
    private const string Prefix = "EhrR1.Training.Exports.";

    /// <summary>A text as it stands.</summary>
    public static string Read(string file)
    {
        using var stream = typeof(ExportTemplate).Assembly.GetManifestResourceStream(Prefix + file) ?? throw new InvalidOperationException($"There is no text {file}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A text with its places filled; each of them must have a value.</summary>
    public static string Fill(string file, IReadOnlyDictionary<string, string> values)
    {
        var text = Read(file);
        var to = new StringBuilder(text.Length);
        int at = 0;
        for (int open; (open = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            int close = text.IndexOf("}}", open, StringComparison.Ordinal);
            to.Append(text, at, open - at).Append(values[text[(open + 2)..close]]);
            at = close + 2;
        }

        return to.Append(text, at, text.Length - at).ToString();
    }
}
