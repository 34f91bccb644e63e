namespace EhrR1.Knowledge;

/// <summary>The semantic types of concepts that say something of a patient where a free text names them: diseases, findings, drugs, tests and procedures, but not organs, places or activities.</summary>
internal static class PatientTypes
{
    /// <summary>UMLS's types, and those of the open tables.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Disease", "Disease or Syndrome", "Neoplastic Process", "Mental or Behavioral Dysfunction", "Injury or Poisoning", "Congenital Abnormality",
        "Acquired Abnormality", "Anatomical Abnormality", "Pathologic Function", "Cell or Molecular Dysfunction",
        "Symptom", "Sign or Symptom", "Finding", "Laboratory or Test Result", "Clinical Attribute", "Individual Behavior",
        "Compound", "Pharmacologic Substance", "Clinical Drug", "Antibiotic", "Hormone", "Vitamin", "Immunologic Factor",
        "FDA Established Pharmacologic Class", "Pharmacologic Class",
        "Therapeutic or Preventive Procedure", "Diagnostic Procedure", "Laboratory Procedure", "Medical Device", "Bacterium", "Virus", "Fungus",
    ];

    /// <summary>What a note matcher looks for: these types, unless others are asked for or the terminology has none of them.</summary>
    public static NoteMatcherOptions In(Terminology terminology, NoteMatcherOptions options)
    {
        if (options.SemanticTypes is not null)
            return options;
        var types = All.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return terminology.SemanticTypes.Any(types.Contains) ? options with { SemanticTypes = All } : options;
    }
}
