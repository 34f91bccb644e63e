namespace EhrR1.Knowledge;

/// <summary>A code of a vocabulary, written in one way: <c>ICD10CM I509</c>, <c>NDC 00093005801</c>.</summary>
/// <remarks>
/// Vocabularies go by their UMLS source abbreviation but for the common spellings MESH, LOINC, SNOMEDCT and UMLS; dates of
/// releases are cut off. ICD codes lose their dot, as in MIMIC-IV; NDC codes are 11 digits, 5-4-2; case is upper.
/// </remarks>
public readonly record struct ConceptCode
{
    /// <summary>Writes a code in the one way.</summary>
    /// <param name="vocabulary">The vocabulary, by any of its usual names.</param>
    /// <param name="code">The code, with or without dots and dashes.</param>
    public ConceptCode(string vocabulary, string code)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(code);
        Vocabulary = VocabularyOf(vocabulary.Trim().ToUpperInvariant());
        code = code.Trim().ToUpperInvariant();
        Code = Vocabulary switch
        {
            "ICD9CM" or "ICD10" or "ICD10CM" or "ICD10PCS" or "ICD9PROC" => code.Replace(".", "", StringComparison.Ordinal),
            "NDC" => Ndc(code),
            _ => code,
        };
    }

    /// <summary>The vocabulary.</summary>
    public string Vocabulary { get; }

    /// <summary>The code.</summary>
    public string Code { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Vocabulary}:{Code}";

    /// <summary>The code that a concept's own identifier is.</summary>
    internal static ConceptCode OfConcept(string id)
    {
        int colon = id.IndexOf(':');
        return colon < 0 ? new("UMLS", id) : new(id[..colon], id[(colon + 1)..]);
    }

    private static string VocabularyOf(string name)
    {
        if (name.StartsWith("SNOMED", StringComparison.Ordinal))
            return "SNOMEDCT";
        return name switch
        {
            "MSH" => "MESH",
            "LNC" => "LOINC",
            "UMLS_CUI" or "CUI" => "UMLS",
            "NCIT" => "NCI",
            "MIM" => "OMIM",
            "DB" => "DRUGBANK",
            "RXCUI" => "RXNORM",
            "ICD10-CM" or "ICD-10-CM" => "ICD10CM",
            "ICD9-CM" or "ICD-9-CM" or "ICD9" => "ICD9CM",
            _ => name,
        };
    }

    private static string Ndc(string code)
    {
        var parts = code.Split('-');
        return parts.Length == 3 && parts[0].Length <= 5 && parts[1].Length <= 4 && parts[2].Length <= 2
            ? parts[0].PadLeft(5, '0') + parts[1].PadLeft(4, '0') + parts[2].PadLeft(2, '0')
            : code.Replace("-", "", StringComparison.Ordinal).PadLeft(11, '0');
    }
}
