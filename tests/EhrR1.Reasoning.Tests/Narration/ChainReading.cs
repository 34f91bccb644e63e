using System.Text.RegularExpressions;

namespace EhrR1.Reasoning.Tests.Narration;

/// <summary>A plain reading of a narrated chain, with nothing of the program's own parser in it.</summary>
internal sealed partial class ChainReading
{
    public ChainReading(string chain)
    {
        var parts = Heading().Split(chain);
        Titles = [.. Heading().Matches(chain).Select(m => m.Groups["title"].Value)];
        Before = parts[0];
        Extraction = parts[2];
        Reasoning = parts[4];
        Items = parts[6].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Cited = [.. Citation().Matches(Extraction).Select(m => (m.Groups["name"].Value, m.Groups["time"].Value))];
        Quoted = [.. Quotation().Matches(Extraction + Reasoning).Select(m => m.Groups["text"].Value)];
    }

    public IReadOnlyList<string> Titles { get; }

    public string Before { get; }

    public string Extraction { get; }

    public string Reasoning { get; }

    public IReadOnlyList<string> Items { get; }

    public IReadOnlyList<(string Name, string Time)> Cited { get; }

    public IReadOnlyList<string> Quoted { get; }

    [GeneratedRegex(@"^## (?<title>.+)\n", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\*\*(?<name>.+?) \[(?<time>[^\]]+)\]\*\*: [A-Z].*\.$", RegexOptions.Multiline)]
    private static partial Regex Citation();

    [GeneratedRegex("\"(?<text>[^\"]+)\"")]
    private static partial Regex Quotation();
}
