using System.Buffers;
using System.Text;

namespace EhrR1.Reasoning;

/// <summary>The text of a chain as a case holds it between its <c>think</c> tags.</summary>
/// <remarks>Stateless; safe for any number of threads.</remarks>
public static class ChainText
{
    private const string Fence = "```";
    private static readonly SearchValues<char> _language = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");

    /// <summary>Writes a chain's sections with the titles that its template asks for, one way for all teachers.</summary>
    /// <remarks>
    /// What stands before the first section, thinking of the teacher's own, code fences and <c>think</c> tags are left out. A chain whose template
    /// has no headings keeps its wording.
    /// </remarks>
    /// <param name="chain">A chain that passes the published filter, so that its sections are those of its template.</param>
    public static string Of(ParsedChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (chain.Sections.Count > 0 && chain.Template.Sections.Any(s => s.IsWording))
            return Clean(TextSpan.Between(chain.Sections[0].Body.Start, chain.Sections[^1].Body.End).Of(chain.Text));
        return Write(chain, chain.Sections);
    }

    /// <summary>Writes a chain without the section that says the answer: what a reader has to find it by.</summary>
    /// <param name="chain">The chain.</param>
    public static string WithoutAnswer(ParsedChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return Write(chain, chain.Sections.Where(s => s.Kind is not (ChainSectionKind.FinalResults or ChainSectionKind.Probability)));
    }

    private static string Write(ParsedChain chain, IEnumerable<ChainSection> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            text.Append(text.Length > 0 ? "\n\n" : "");
            if (section.Heading.Length > 0)
                text.Append("## ").Append(section.Name).Append('\n');
            text.Append(Clean(section.Body.Of(chain.Text)));
        }

        return text.ToString();
    }

    private static string Clean(ReadOnlySpan<char> body)
    {
        var text = body.ToString().ReplaceLineEndings("\n").Replace("<think>", "", StringComparison.OrdinalIgnoreCase).Replace("</think>", "", StringComparison.OrdinalIgnoreCase);
        return string.Join('\n', text.Split('\n').Where(l => !IsFence(l))).Trim();
    }

    /// <summary>Whether a line opens or closes a fence and holds nothing else but its language.</summary>
    private static bool IsFence(ReadOnlySpan<char> line) => line.Trim() is var mark && mark.StartsWith(Fence, StringComparison.Ordinal) && mark[Fence.Length..].IndexOfAnyExcept(_language) < 0;
}
