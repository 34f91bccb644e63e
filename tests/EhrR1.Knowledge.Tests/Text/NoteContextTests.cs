namespace EhrR1.Knowledge.Tests;

/// <summary>Each note tries one rule of note-rules.json.</summary>
public sealed class NoteContextTests(ClinicalTerminology clinical) : IClassFixture<ClinicalTerminology>
{
    [Theory]
    [InlineData("He has fever.", "fever None")]
    [InlineData("No fever.", "fever Negated")]
    [InlineData("Denies chest pain, shortness of breath, or fever.", "chest pain Negated|shortness of breath Negated|fever Negated")]
    [InlineData("No fever but cough.", "fever Negated|cough None")]
    [InlineData("Denies fever; cough for days.", "fever Negated|cough None")]
    [InlineData("Denies fever. Cough for days.", "fever Negated|Cough None")]
    [InlineData("Denies fever, however cough.", "fever Negated|cough None")]
    [InlineData("No pain except chest pain.", "pain Negated|chest pain None")]
    [InlineData("Denies fever, reports cough.", "fever Negated|cough None")]
    [InlineData("Pneumonia was ruled out.", "Pneumonia Negated")]
    [InlineData("Fever, pneumonia was ruled out.", "Fever None|pneumonia Negated")]
    [InlineData("Pneumonia, pulmonary embolism were ruled out.", "Pneumonia Negated|pulmonary embolism Negated")]
    [InlineData("Pulmonary embolism: negative.", "Pulmonary embolism None")]
    [InlineData("Negative for: pneumonia", "pneumonia Negated")]
    [InlineData("No edema Pain: chest pain", "edema Negated|Pain Negated|chest pain None")]
    [InlineData("Not only fever.", "fever None")]
    [InlineData("No change in cough.", "cough None")]
    [InlineData("No increase in edema.", "edema None")]
    [InlineData("Gram negative bacteremia.", "bacteremia None")]
    [InlineData("Pulmonary embolism cannot be excluded.", "Pulmonary embolism None")]
    [InlineData("w/o fever", "fever Negated")]
    [InlineData("no\nfever", "fever Negated")]
    [InlineData("no edema\ncough", "edema Negated|cough None")] // short lines are items
    [InlineData("no edema,\ncough", "edema Negated|cough Negated")]
    [InlineData("no edema or\ncough", "edema Negated|cough Negated")]
    [InlineData("no edema\n\ncough", "edema Negated|cough None")]
    [InlineData("The patient did not have any rash, chills, edema or any other\nfever", "edema Negated|fever Negated")] // a long line is wrapped
    [InlineData("Denies ___ fever", "fever None")]
    [InlineData("Aspirin was not given.", "Aspirin Negated")]
    public void Find_Negation_MarksItsScope(string text, string mentions) => string.Join('|', clinical.Mentions(text)).ShouldBe(mentions);

    [Theory]
    [InlineData("His mother had diabetes.", "diabetes OfFamily")]
    [InlineData("Family history of breast cancer.", "breast cancer OfFamily")]
    [InlineData("No family history of breast cancer.", "breast cancer Negated, OfFamily")]
    [InlineData("Diabetes in her father.", "Diabetes OfFamily")]
    [InlineData("Brought in by mother for fever.", "fever None")]
    [InlineData("Lives with son. Fever.", "Fever None")]
    [InlineData("Mother reports fever.", "fever None")]
    [InlineData("Mother had diabetes, he has cough.", "diabetes OfFamily|cough None")]
    [InlineData("Denies fever, mother had diabetes.", "fever Negated|diabetes OfFamily")]
    public void Find_Family_MarksItsScope(string text, string mentions) => string.Join('|', clinical.Mentions(text)).ShouldBe(mentions);

    [Theory]
    [InlineData("Allergic to penicillin.", "penicillin OfAllergy")]
    [InlineData("Pneumonia and a penicillin allergy.", "Pneumonia None|penicillin OfAllergy")]
    [InlineData("Call if you have fever.", "fever Hypothetical")]
    [InlineData("CT to evaluate for pneumonia.", "pneumonia Hypothetical")]
    [InlineData("Deep vein thrombosis prophylaxis", "Deep vein thrombosis Hypothetical")]
    [InlineData("?pneumonia", "pneumonia Hypothetical")]
    [InlineData("Woman with cough // pneumonia", "cough None|pneumonia Hypothetical")]
    [InlineData("Aspirin if needed for pain.", "Aspirin None|pain None")]
    public void Find_AllergyAndHypothesis_MarkTheirScope(string text, string mentions) => string.Join('|', clinical.Mentions(text)).ShouldBe(mentions);

    [Theory]
    [InlineData("Family History:\nDiabetes. No breast cancer.\n\nSocial History:\nPain", "Family History OfFamily|Family History Negated, OfFamily|Social History None")]
    [InlineData("Allergies: Penicillin\nAttending: ___\nChief Complaint: Fever", "Allergies OfAllergy|Chief Complaint None")]
    [InlineData("FINDINGS:  Edema.\n\nIMPRESSION:\n1. Pneumonia", "Findings None|Impression None")]
    [InlineData("PMH: Diabetes", "Past Medical History None")]
    [InlineData("Family History\nDiabetes", "Family History OfFamily")]
    [InlineData("Diabetes\nfamily history", " None")] // no capital: the end of a sentence
    [InlineData("Family History:\nDiabetes\n\nOther things:\nCough", "Family History OfFamily|Other things None")]
    [InlineData("Past Medical History:\nDiabetes\n\nOther things:\nCough", "Past Medical History None|Past Medical History None")]
    [InlineData("Service:   MEDICINE      Chief Complaint: Cough", "Chief Complaint None")]
    [InlineData("Allergies (last verified):\nAspirin", "Allergies OfAllergy")]
    public void Find_Sections_GiveHeadingAndMark(string text, string sections)
    {
        var found = new NoteMatcher(clinical.Store).Find(text).Select(m => $"{m.Section} {m.Marks}");
        string.Join('|', found).ShouldBe(sections);
    }

    [Fact]
    public void Rules_BuiltIn_AreLowerCaseAndOnce()
    {
        var rules = NoteRules.BuiltIn;
        foreach (var rule in rules.Contexts)
        {
            string[] phrases = [.. rule.Before, .. rule.After, .. rule.AfterList, .. rule.Pseudo, .. rule.Ends];
            phrases.ShouldAllBe(p => p == NameIndex.Fold(p).Trim());
            rule.Before.Concat(rule.AfterList).Concat(rule.Pseudo).Concat(rule.Ends).ShouldBeUnique();
            rule.Mark.ShouldNotBe(MentionMarks.None);
        }

        rules.StopWords.ShouldBeUnique();
        rules.Opposites.SelectMany(g => g).ShouldBeUnique();
        rules.Sections.SelectMany(s => s.Also.Append(NameIndex.Fold(s.Heading))).ShouldBeUnique();
    }
}
