using System.Text;

namespace EhrR1.Knowledge.Tests;

/// <summary>A whole discharge summary, read and marked up; DischargeNote.expected.txt is what a clinician agreed with.</summary>
public sealed class DischargeNoteTests
{
    private static readonly string[] _names =
    [
        "Penicillin", "Sulfa", "Lisinopril", "Shortness of breath", "Congestive heart failure", "Systolic congestive heart failure", "Heart failure", "Acute on chronic systolic heart failure", "Atrial fibrillation", "Warfarin",
        "Type 2 diabetes mellitus", "Type 1 diabetes mellitus", "Diabetes mellitus", "Chronic kidney disease", "Dyspnea", "Orthopnea", "Chest pain", "Palpitations", "Fever", "Chills", "Cough", "Weight gain", "Furosemide", "Hemoptysis", "Myocardial infarction",
        "Breast cancer", "Low back pain", "Pulmonary embolism", "Pulmonary edema", "Pneumonia", "Troponin", "Bacteremia", "Heparin", "Enoxaparin", "Hypertension", "COPD", "CVA", "Hepatitis C", "Hepatitis B", "Gout", "GERD", "Coronary artery disease", "Colon cancer",
        "Respiratory distress", "Scleral icterus", "Crackles", "Wheezing", "Hepatomegaly", "Pitting edema", "Edema", "Torsemide", "Metoprolol", "Metoprolol succinate", "Spironolactone", "Hyperkalemia", "Hypokalemia", "Acute kidney injury", "Hydronephrosis",
        "Nephrolithiasis", "Diuresis", "Anemia", "Bleeding", "Iron deficiency anemia", "Deep vein thrombosis", "DVT", "Allopurinol", "All", "May", "Her2", "Pain", "Daily",
    ];

    [Fact]
    public void Find_DischargeSummary_IsTheReviewedOne()
    {
        using var built = new BuiltTerminology(new SaidSource([.. _names.Select((n, i) => SaidSource.Concept($"X:{i:d3}", n))]));
        var text = File.ReadAllText(Repository.PathOf("tests", "EhrR1.Knowledge.Tests", "Text", "DischargeNote.txt")).ReplaceLineEndings("\n");
        var marked = new StringBuilder();
        int at = 0;
        foreach (var mention in new NoteMatcher(built.Store).Find(text))
        {
            marked.Append(text, at, mention.Start - at).Append('[').Append(text, mention.Start, mention.Length).Append(" → ").Append(built.Store.Name(mention.Concept));
            if (!mention.IsAsserted)
                marked.Append(": ").Append(mention.Marks);
            marked.Append(']');
            at = mention.Start + mention.Length;
        }

        Snapshot.ShouldMatch(marked.Append(text, at, text.Length - at).ToString(), "DischargeNote.expected.txt");
    }
}
