using System.Globalization;
using System.Text;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>A chain with a mark behind each thing that was held against the record: colours on a terminal, plain marks elsewhere.</summary>
internal sealed class MarkedChain(ShownCase shown, bool colours)
{
    /// <summary>What the marks mean.</summary>
    public const string Legend = "Marks: [1] stands in the record as cited, [1~] elsewhere in it, [1?] nowhere, [1!] the record says otherwise, [1x] does not hold";

    private const int LongestExcerpt = 90;

    public static string NameOf(EvidenceStatus status) => status switch
    {
        EvidenceStatus.Found => "found",
        EvidenceStatus.Elsewhere => "elsewhere",
        EvidenceStatus.NotFound => "not found",
        EvidenceStatus.Contradicted => "contradicted",
        _ => "unsound",
    };

    /// <summary>A text on one line, its middle left out where it is long.</summary>
    public static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestExcerpt ? line : $"{line[..(LongestExcerpt * 2 / 3)]} … {line[^(LongestExcerpt / 3)..]}";
    }

    /// <summary>The chain's text with its marks.</summary>
    public string Text()
    {
        var chain = shown.Chain!.Text;
        var text = new StringBuilder();
        int at = 0;
        for (int i = 0; i < shown.Evidence.Count; i++)
        {
            var one = shown.Evidence[i];
            text.Append(chain, at, one.Span.Start - at).Append(Coloured(one.Status, chain.Substring(one.Span.Start, one.Span.Length)));
            at = one.Span.End;
            // The mark stands behind the closing quote.
            if (at < chain.Length && (chain[at] is '"' or '”') && (i + 1 == shown.Evidence.Count || shown.Evidence[i + 1].Span.Start > at))
                text.Append(chain[at++]);
            text.Append(Dim(Mark(i)));
        }

        return text.Append(chain, at, chain.Length - at).ToString().TrimEnd();
    }

    public string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"[{number + 1}{shown.Evidence[number].Status switch { EvidenceStatus.Found => "", EvidenceStatus.Elsewhere => "~", EvidenceStatus.NotFound => "?", EvidenceStatus.Contradicted => "!", _ => "x" }}]");

    public string Coloured(EvidenceStatus status, string text) => status switch
    {
        EvidenceStatus.Found => Green(text),
        EvidenceStatus.Elsewhere => In("33", text),
        _ => Red(text),
    };

    public string Green(string text) => In("32", text);

    public string Red(string text) => In("31", text);

    public string Dim(string text) => In("2", text);

    public string Bold(string text) => In("1", text);

    private string In(string code, string text) => colours ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
