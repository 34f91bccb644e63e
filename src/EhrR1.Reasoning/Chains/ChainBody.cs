namespace EhrR1.Reasoning;

/// <summary>Finds the part of a teacher's text that is the chain: inside or behind its <c>think</c> tags.</summary>
internal static class ChainBody
{
    private const string Opens = "<think>";
    private const string Closes = "</think>";

    /// <summary>The part; of several, the last that has a section.</summary>
    public static TextSpan Of(string text, ChainHeadings headings, ChainTemplate template)
    {
        int closes = text.LastIndexOf(Closes, StringComparison.OrdinalIgnoreCase);
        int opens = text.IndexOf(Opens, StringComparison.OrdinalIgnoreCase);
        if (closes < 0)
            return TextSpan.Between(opens < 0 ? 0 : opens + Opens.Length, text.Length);
        var behind = TextSpan.Between(closes + Closes.Length, text.Length);
        int start = opens < 0 || opens > closes ? 0 : opens + Opens.Length;
        bool hasWording = template.Sections.Any(s => s.IsWording && s.Titles.Any(t => behind.Of(text).Contains(t, StringComparison.OrdinalIgnoreCase)));
        return hasWording || headings.Find(text, behind).Exists(h => h.Rule is not null) ? behind : TextSpan.Between(start, closes);
    }
}
