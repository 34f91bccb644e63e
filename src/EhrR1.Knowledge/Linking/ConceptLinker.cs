namespace EhrR1.Knowledge;

/// <summary>Finds the concepts that a chart's term names.</summary>
/// <remarks>
/// <para>Ways are tried in turn, and the first that finds a concept counts: the text as it is; the text normalised, then plainer
/// and plainer (<see cref="ChartRules"/>), each also by the names that charts use (<see cref="ChartSynonyms"/>) and, for drugs,
/// part by part; the codes beside it; the nearest ancestor by code; and names whose words are spelled alike
/// (<see cref="SpellingMatch"/>). One thing goes before all: the hospital's own number of an item, because "Glucose" alone does
/// not say whether blood or urine was measured.</para>
/// <para>Concepts of types that the kind may not name are passed over (<see cref="TypePreference"/>): a false link is worse than
/// none. Deterministic, without a cache; safe for any number of threads.</para>
/// </remarks>
public sealed class ConceptLinker
{
    private static readonly char[] _joints = ['-', '/', '+', '&', ',', '|'];
    private readonly Terminology _terminology;
    private readonly LinkOptions _options;
    private readonly CodeRoutes _codes;

    /// <summary>Makes a linker.</summary>
    /// <param name="terminology">Where concepts are looked for; it must stay open.</param>
    /// <param name="options">How, or <see langword="null"/> for the defaults.</param>
    public ConceptLinker(Terminology terminology, LinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(terminology);
        _terminology = terminology;
        _options = options ?? new LinkOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MostConcepts, 1, nameof(options));
        _codes = new CodeRoutes(terminology, _options.CodeMap);
    }

    /// <summary>Finds the concepts that a term names, all by the one way that was the first to find any.</summary>
    /// <returns>The best first; empty where the term names none.</returns>
    public IReadOnlyList<ConceptLink> Link(ChartTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (_options.UseCodes && _codes.ByItem(term) is { Count: > 0 } item)
            return Links(item, LinkWay.Code);
        if (_options.UseCodes && term.Codes.Select(c => _codes.ByNarrower(term.Kind, c.ToString())).FirstOrDefault(c => c.Count > 0) is { } part)
            return Links(part, LinkWay.Ancestor);
        if (Ranked(term.Kind, _terminology.FindExact(term.Text), term.Text) is { Count: > 0 } exact)
            return Links(exact, LinkWay.Exact);
        var variants = ChartRules.Variants(term.Kind, term.Text);
        if (Normalised(term.Kind, variants) is { Count: > 0 } normalised)
            return Links(normalised, LinkWay.Normalised);
        if (_options.UseCodes && _codes.ByCode(term) is { Count: > 0 } coded)
            return Links(coded, LinkWay.Code);
        if (variants.Select(v => Broader(term.Kind, NormalForm.Of(v))).FirstOrDefault(c => c.Count > 0) is { } broader)
            return Links(broader, LinkWay.Ancestor);
        if (_options.UseCodes && _codes.ByAncestor(term) is { Count: > 0 } ancestors)
            return Links(ancestors, LinkWay.Ancestor);
        return _options.UseApproximate ? Approximate(term.Kind, variants) : [];
    }

    private ConceptLink[] Links(IReadOnlyList<int> concepts, LinkWay way) => [.. concepts.Take(_options.MostConcepts).Select(c => new ConceptLink(c, way))];

    /// <summary>What the plainest variant but necessary names; of a drug rather the drug than its class, whole or in parts.</summary>
    private List<int> Normalised(TermKind kind, IReadOnlyList<string> variants)
    {
        if (kind != TermKind.Drug)
            return First(variants.Select(v => Normalised(kind, v)));
        var byVariant = variants.Select(v => Normalised(kind, v)).ToList();
        if (First(byVariant.Where(c => c.Count > 0 && RankOf(kind, c[0]) == 0)) is { Count: > 0 } drug)
            return drug;
        return First(variants.Select(Parts)) is { Count: > 0 } parts ? parts : First(byVariant);
    }

    private List<int> Normalised(TermKind kind, string text)
    {
        var form = NormalForm.Of(text);
        return Named(kind, ChartSynonyms.Find(kind, form)) is { Count: > 0 } known ? known : Ranked(kind, _terminology.FindNormalised(form), text);
    }

    private static List<int> First(IEnumerable<List<int>> found) => found.FirstOrDefault(c => c.Count > 0) ?? [];

    private int RankOf(TermKind kind, int concept) => TypePreference.RankOf(kind, _terminology.SemanticTypesOf(concept));

    /// <summary>The concepts of the first alternative whose names all name one.</summary>
    private List<int> Named(TermKind kind, IReadOnlyList<IReadOnlyList<string>> alternatives)
    {
        foreach (var names in alternatives)
        {
            var each = names.Select(n => Ranked(kind, _terminology.FindNormalised(NormalForm.Of(n)), n)).ToList();
            if (each.TrueForAll(c => c.Count > 0))
                return [.. (each.Count == 1 ? each[0] : each.Select(c => c[0])).Distinct()];
        }

        return [];
    }

    private List<int> Broader(TermKind kind, string form) =>
        _codes.ByNarrower(kind, form) is { Count: > 0 } found ? found : Named(kind, ChartSynonyms.FindBroader(kind, form));

    /// <summary>The drugs of a combination, one of each part, where every part names one.</summary>
    private List<int> Parts(string text)
    {
        var parts = text.Replace(" and ", "/", StringComparison.Ordinal).Replace(" with ", "/", StringComparison.Ordinal)
            .Split(_joints, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
            return [];
        var found = new List<int>();
        foreach (var part in parts)
        {
            int concept = First(ChartRules.Variants(TermKind.Drug, part).Select(v => Normalised(TermKind.Drug, v))) is { Count: > 0 } concepts ? concepts[0] : -1;
            if (concept < 0)
                return [];
            if (!found.Contains(concept))
                found.Add(concept);
        }

        return found;
    }

    private ConceptLink[] Approximate(TermKind kind, IReadOnlyList<string> variants)
    {
        foreach (var variant in variants)
        {
            var words = NormalForm.WordsOf(variant);
            foreach (var matches in _terminology.Names.Find(variant, _options.Similarity).GroupBy(m => m.Similarity))
            {
                var concepts = matches.Where(m => SpellingMatch.AreAlike(kind, words, NormalForm.WordsOf(_terminology.Names.Name(m.Name))))
                    .SelectMany(m => _terminology.ConceptsOf(m.Name).ToArray()).Distinct().ToList();
                if (Ranked(kind, concepts, variant) is { Count: > 0 } found)
                    return [.. found.Take(_options.MostConcepts).Select(c => new ConceptLink(c, LinkWay.Approximate, matches.Key))];
            }
        }

        return [];
    }

    /// <summary>Those of the best fitting types, the one that goes by the text first, then the one with the most relations.</summary>
    private List<int> Ranked(TermKind kind, IReadOnlyList<int> concepts, string text) => TypePreference.Best(_terminology, kind, concepts)
        .OrderBy(c => string.Equals(_terminology.Name(c), text, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
        .ThenByDescending(c => _terminology.RelationsFrom(c).Length + _terminology.RelationsTo(c).Length)
        .ThenBy(c => c)
        .ToList();
}
