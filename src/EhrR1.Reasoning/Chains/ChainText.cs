using System.Text;

namespace EhrR1.Reasoning;

/// <summary>The text of a chain as a case holds it between its <c>think</c> tags.</summary>
/// <remarks>Stateless; safe for any number of threads.</remarks>
public static class ChainText
{
    private const string Fence = "```";

    /// <summary>Writes a chain's sections with the titles that its template asks for, one way for all teachers.</summary>
    /// <remarks>
    /// What stands before the first section, thinking of the teacher's own, code fences and <c>think</c> tags are left out. A chain whose template
    /// has no headings keeps its wording.
    /// </remarks>
    /// <param name="chain">A chain that passes the published filter, so that its sections are those of its template.</param>
    public static string Of(ParsedChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (chain.Sections.Count == 0)
            return "";
        if (chain.Template.Sections.Any(s => s.IsWording))
            return Clean(TextSpan.Between(chain.Sections[0].Body.Start, chain.Sections[^1].Body.End).Of(chain.Text));
        var text = new StringBuilder();
        foreach (var section in chain.Sections)
            text.Append(text.Length > 0 ? "\n\n## " : "## ").Append(section.Name).Append('\n').Append(Clean(section.Body.Of(chain.Text)));
        return text.ToString();
    }

    private static string Clean(ReadOnlySpan<char> body)
    {
        var text = body.ToString().ReplaceLineEndings("\n").Replace("<think>", "", StringComparison.OrdinalIgnoreCase).Replace("</think>", "", StringComparison.OrdinalIgnoreCase).Trim();
        // A fence around the whole chain opens before the first section and closes in the last.
        return text.EndsWith(Fence, StringComparison.Ordinal) && text.Split(Fence).Length % 2 == 0 ? text[..^Fence.Length].TrimEnd() : text;
    }
}
