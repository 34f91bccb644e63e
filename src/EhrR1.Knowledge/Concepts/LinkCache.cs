using System.Collections.Concurrent;

namespace EhrR1.Knowledge;

/// <summary>Links each different term once, with codes and by its text alone.</summary>
/// <remarks>Memory grows with the different terms, not with the patients. Thread-safe.</remarks>
internal sealed class LinkCache(Terminology terminology, LinkOptions options)
{
    private readonly ConceptLinker _linker = new(terminology, options);
    private readonly ConceptLinker _byText = new(terminology, options with { UseCodes = false });
    private readonly ConcurrentDictionary<ChartTerm, LinkedTerm> _terms = new();
    private readonly ConcurrentDictionary<(TermKind, string), IReadOnlyList<ConceptLink>> _texts = new();

    public LinkedTerm Of(ChartTerm term) => _terms.TryGetValue(term, out var known) ? known : _terms.GetOrAdd(term, Link);

    private LinkedTerm Link(ChartTerm term)
    {
        var byText = _texts.GetOrAdd((term.Kind, term.Text), _ => _byText.Link(term with { Codes = [] }));
        return new LinkedTerm(options.UseCodes && term.Codes.Count > 0 ? _linker.Link(term) : byText, byText.Count == 0 ? null : byText[0].Way);
    }
}
