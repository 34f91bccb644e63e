namespace EhrR1.Knowledge;

/// <summary>What is taken of a UMLS release, or of another terminology in its format.</summary>
public sealed record RrfOptions
{
    /// <summary>What the terminology is called. The default value is UMLS.</summary>
    public string Name { get; init; } = "UMLS";

    /// <summary>The licences of what the files hold. The default value is UMLS's.</summary>
    public IReadOnlyList<string> Licences { get; init; } = ["UMLS Metathesaurus License: for the licensee's own use; the store must not be given away"];

    /// <summary>The languages of names, as MRCONSO's LAT has them. The default value is ENG alone.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = ["ENG"];

    /// <summary>The vocabularies (SAB) of names, relations and definitions, or <see langword="null"/> for all. The default value is <see langword="null"/>.</summary>
    public IReadOnlyCollection<string>? Vocabularies { get; init; }

    /// <summary>The vocabularies whose codes are kept as cross-references.</summary>
    /// <remarks>The default value is ICD9CM, ICD9PROC, ICD10, ICD10CM, ICD10PCS, ATC, NDC, RXNORM, LNC, SNOMEDCT_US, MSH, DRUGBANK, NCI.</remarks>
    public IReadOnlyCollection<string> CodeVocabularies { get; init; } =
        ["ICD9CM", "ICD9PROC", "ICD10", "ICD10CM", "ICD10PCS", "ATC", "NDC", "RXNORM", "LNC", "SNOMEDCT_US", "MSH", "DRUGBANK", "NCI"];
}
