namespace EhrR1.Knowledge.Tests;

/// <summary>A small terminology of what notes name; the concepts have the identifiers X:00, X:01 and so on.</summary>
public sealed class ClinicalTerminology : IDisposable
{
    internal static readonly string[] Names =
    [
        "Fever", "Chest pain", "Shortness of breath", "Cough", "Pneumonia", "Heart failure", "Failure of heart", "Congestive heart failure", "Diabetes", "Type 2 diabetes mellitus", "Hepatitis B",
        "Pulmonary embolism", "Deep vein thrombosis", "Breast cancer", "Pain", "Penicillin", "Aspirin", "Crohn's disease", "Left ventricular failure", "Stable angina", "Bacteremia", "E. coli", "Edema", "Renal failure",
        "Prerenal failure", "Bleeding", "Colon cancer",
    ];

    private readonly BuiltTerminology _built = new(new SaidSource([.. Names.Select((n, i) => SaidSource.Concept($"X:{i:d2}", n))]));

    internal Terminology Store => _built.Store;

    public void Dispose() => _built.Dispose();

    /// <summary>Each mention as its text and its marks: "chest pain Negated".</summary>
    internal List<string> Mentions(string text, NoteMatcherOptions? options = null) =>
        [.. new NoteMatcher(Store, options).Find(text).Select(m => $"{text.Substring(m.Start, m.Length).ReplaceLineEndings(" ")} {m.Marks}")];

    /// <summary>Each mention as the preferred name of its concept.</summary>
    internal List<string> Concepts(string text, NoteMatcherOptions? options = null) =>
        [.. new NoteMatcher(Store, options).Find(text).Select(m => Store.Name(m.Concept))];
}
