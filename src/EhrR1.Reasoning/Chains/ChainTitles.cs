using System.Collections.Frozen;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Titles that chains from elsewhere give to the sections of a template.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed class ChainTitles
{
    private readonly FrozenDictionary<ChainTemplate, ChainTemplate> _templates;

    private ChainTitles(IReadOnlyList<(string Title, ChainSectionKind Kind)> titles) =>
        _templates = ChainTemplates.All.ToFrozenDictionary(t => t, t => With(t, titles));

    /// <summary>None beside those of the templates.</summary>
    public static ChainTitles None { get; } = new([]);

    /// <summary>Reads titles, each as <c>Findings=Extraction</c>: what the chains write, and the section's title in its template.</summary>
    /// <param name="titles">The titles.</param>
    /// <exception cref="EhrR1Exception">One is not of that form, or no template has the section.</exception>
    public static ChainTitles Parse(IEnumerable<string> titles)
    {
        ArgumentNullException.ThrowIfNull(titles);
        return new ChainTitles([.. titles.Select(ParseOne)]);
    }

    /// <summary>A template with these titles beside its own.</summary>
    /// <param name="template">One of <see cref="ChainTemplates.All"/>.</param>
    public ChainTemplate Of(ChainTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return _templates.GetValueOrDefault(template, template);
    }

    private static (string Title, ChainSectionKind Kind) ParseOne(string text)
    {
        var sections = ChainTemplates.All.SelectMany(t => t.Sections).Where(s => !s.IsWording).DistinctBy(s => s.Kind).ToList();
        int equals = text.LastIndexOf('=');
        var title = equals < 0 ? "" : text[..equals].Trim().Trim('#', '*', ':', ' ');
        var name = text[(equals + 1)..].Trim();
        return title.Length > 0 && sections.Find(s => s.Titles.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } section
            ? (title, section.Kind)
            : throw new EhrR1Exception($"'{text}' gives no section another title", null, $"Write what the chains have, '=' and one of {string.Join(", ", sections.Select(s => s.Title))}: \"Findings={sections[0].Title}\"");
    }

    private static ChainTemplate With(ChainTemplate template, IReadOnlyList<(string Title, ChainSectionKind Kind)> titles) =>
        titles.Count == 0 ? template : template with { Sections = [.. template.Sections.Select(s => s.IsWording ? s : s with { Also = [.. s.Also, .. titles.Where(t => t.Kind == s.Kind).Select(t => t.Title)] })] };
}
