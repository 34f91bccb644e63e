namespace EhrR1.Knowledge;

/// <summary>Finds concepts by the codes beside a term: the code itself, or the nearest code above it.</summary>
/// <remarks>
/// ICD's categories are mapped to concepts that are often narrower ("Other cardiomyopathies" to twelve inherited ones), so the
/// words of the title decide: of several concepts the ones that share most with it stay, and one that shares nothing stays only
/// where it is the only one and the title is no residual class. Safe for any number of threads.
/// </remarks>
internal sealed class CodeRoutes(Terminology terminology, CodeMap map)
{
    private const int FewChildren = 5;
    private const int AtcLength = 7;

    /// <summary>Concepts by the number that says what a term is: the hospital's own of a laboratory or charted item, ATC's of a class of drugs.</summary>
    public List<int> ByItem(ChartTerm term)
    {
        foreach (var code in term.Codes.Where(c => c.Vocabulary is "MIMICLAB" or "MIMICITEM" || (c.Vocabulary == "ATC" && term.Kind == TermKind.DrugClass)))
        {
            foreach (var same in (ConceptCode[])[code, .. map[code]])
            {
                if (TypePreference.Best(terminology, term.Kind, terminology.Find(same)) is { Count: > 0 } found)
                    return found;
            }
        }

        return [];
    }

    /// <summary>The nearest broader concept that a terminology names for a term of a chart, by the number of its item or by its text; see <see cref="ClinicalBasics"/>.</summary>
    /// <param name="kind">What the term names.</param>
    /// <param name="text">A normal form, or a code with its vocabulary.</param>
    public List<int> ByNarrower(TermKind kind, string text) => TypePreference.Best(terminology, kind, terminology.Find(new ConceptCode("NARROWER", text)));

    /// <summary>Concepts by the first of the term's codes that stands for any.</summary>
    public List<int> ByCode(ChartTerm term)
    {
        foreach (var code in term.Codes.SelectMany(c => (ConceptCode[])[c, .. map[c]]))
        {
            // The chart has the class of a drug, which is above the drug itself.
            if (!IsDrugClass(term, code) && Fitting(term, code, isAncestor: false) is { Count: > 0 } found)
                return found;
        }

        return [];
    }

    /// <summary>Concepts by the nearest code above the term's codes: I50.32, I50.3, I50; for a drug its class.</summary>
    public List<int> ByAncestor(ChartTerm term)
    {
        foreach (var code in term.Codes)
        {
            int least = LeastLength(code);
            for (int length = code.Code.Length - (IsDrugClass(term, code) ? 0 : 1); length >= least; length--)
            {
                if (Fitting(term, new ConceptCode(code.Vocabulary, code.Code[..length]), isAncestor: true) is { Count: > 0 } found)
                    return found;
            }
        }

        return [];
    }

    /// <summary>How short a code may be cut; nothing is cut where prefixes mean nothing.</summary>
    private static int LeastLength(ConceptCode code) => code.Vocabulary switch
    {
        "ICD9CM" => code.Code.StartsWith('E') ? 4 : 3,
        "ICD10CM" or "ICD10" or "ICD10PCS" => 3,
        "ICD9PROC" => 2,
        "ATC" => 4,
        _ => int.MaxValue,
    };

    private List<int> Fitting(ChartTerm term, ConceptCode code, bool isAncestor)
    {
        var found = Find(term.Kind, code);
        if (found.Count == 0 || !code.Vocabulary.StartsWith("ICD", StringComparison.Ordinal) || term.Kind is TermKind.Procedure)
            return found;
        var title = TitleWords.Of(term.Text);
        var scored = found.Select(c => (Concept: c, Score: title.SharedWith(terminology.NamesOf(c)))).ToList();
        double best = scored.Max(s => s.Score);
        // A residual class above the code is often mapped to one of the things in it.
        if (isAncestor && title.IsResidual && best < 1 && !IsBroad(scored.MaxBy(s => s.Score).Concept))
            return [];
        if (best > 0)
            return [.. scored.Where(s => s.Score == best).Select(s => s.Concept)];
        return found.Count == 1 && (isAncestor ? IsBroad(found[0]) : !title.IsResidual) ? found : [];
    }

    private static bool IsDrugClass(ChartTerm term, ConceptCode code) => term.Kind == TermKind.Drug && code.Vocabulary == "ATC" && code.Code.Length < AtcLength;

    private List<int> Find(TermKind kind, ConceptCode code)
    {
        // A drug is below a class of drugs, and not below another drug.
        if (code.Vocabulary == "ATC" && code.Code.Length < AtcLength && kind == TermKind.Drug)
            return [.. TypePreference.Best(terminology, TermKind.DrugClass, terminology.Find(code)).Where(c => TypePreference.RankOf(TermKind.DrugClass, terminology.SemanticTypesOf(c)) == 0)];
        var found = TypePreference.Best(terminology, kind, terminology.Find(code));
        // UMLS has procedures and diagnoses under one abbreviation; the types tell them apart.
        return found.Count == 0 && code.Vocabulary == "ICD9PROC"
            ? TypePreference.Best(terminology, kind, terminology.Find(new ConceptCode("ICD9CM", code.Code)))
            : found;
    }

    /// <summary>Whether a concept stands above several others.</summary>
    private bool IsBroad(int concept)
    {
        int children = 0;
        foreach (var relation in terminology.RelationsTo(concept))
        {
            if (terminology.RelationName(relation.Kind) is "is a" or "isa" or "inverse_isa")
                children++;
        }

        return children >= FewChildren;
    }
}
