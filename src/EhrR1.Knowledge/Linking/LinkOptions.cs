namespace EhrR1.Knowledge;

/// <summary>How terms of charts are linked to concepts.</summary>
public sealed record LinkOptions
{
    /// <summary>Whether codes beside a term are used. The default value is <see langword="true"/>; without, text alone counts.</summary>
    public bool UseCodes { get; init; } = true;

    /// <summary>Whether names that differ in spelling are used. The default value is <see langword="true"/>.</summary>
    public bool UseApproximate { get; init; } = true;

    /// <summary>How similar a name must be to be considered at all; its words must then agree one by one, see <see cref="ConceptLinker"/>. The default value is Jaccard at 0.7.</summary>
    public SimilarityThreshold Similarity { get; init; } = SimilarityThreshold.Default;

    /// <summary>How many concepts a term is linked to at most, 1 or more. The default value is 5.</summary>
    public int MostConcepts { get; init; } = 5;

    /// <summary>Further codes for codes of the chart, such as LOINC for MIMIC's laboratory items. The default value is none.</summary>
    public CodeMap CodeMap { get; init; } = CodeMap.Empty;
}
