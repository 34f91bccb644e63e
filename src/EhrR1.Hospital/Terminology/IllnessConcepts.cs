namespace EhrR1.Hospital;

/// <summary>Conditions, symptoms, findings, and the diagnosis codes that bill them.</summary>
internal static class IllnessConcepts
{
    public static void Add(ConceptBook book, HospitalContent content)
    {
        foreach (var condition in content.Conditions)
            AddCondition(book, content, condition);
        foreach (var other in content.Names["condition"])
        {
            foreach (var synonym in other.Synonyms)
                book.NameIfFree(book.Get(ConceptKind.Condition, other.Name), synonym);
        }
        AddSigns(book, content);
        foreach (var code in content.OtherDiagnoses10.Concat(content.OtherDiagnoses9))
            book.Name(book.Take(ConceptKind.Diagnosis, code.Title, SemanticTypes.OfDiagnosis(code.Code, code.Version)), code.Title, VocabularyOf(code.Version), code.Code);
        AddGroups(book, content);
    }

    public static string VocabularyOf(int version) => version == 10 ? "ICD10CM" : "ICD9CM";

    private static void AddCondition(ConceptBook book, HospitalContent content, Condition condition)
    {
        var concept = book.Take(ConceptKind.Condition, condition.Name, IsOperation(condition) ? SemanticTypes.Therapeutic : SemanticTypes.OfDiagnosis(condition.Icd10[0], 10));
        concept.Definition = content.Definitions[condition.Name];
        foreach (var (code, version) in condition.Icd10.Select(c => (c, 10)).Concat(condition.Icd9.Select(c => (c, 9))))
            book.Name(concept, content.TitleOf.GetValueOrDefault((code, version), condition.Name), VocabularyOf(version), code);
    }

    private static bool IsOperation(Condition condition) =>
        condition.Name.EndsWith("surgery", StringComparison.Ordinal) || condition.Name.EndsWith("replacement", StringComparison.Ordinal) || condition.Name.EndsWith("repair", StringComparison.Ordinal) || condition.Name == "Colectomy";

    private static void AddSigns(ConceptBook book, HospitalContent content)
    {
        foreach (var other in content.Names["symptom"])
        {
            var concept = book.Take(ConceptKind.Symptom, other.Name, SemanticTypes.Symptom);
            foreach (var synonym in other.Synonyms)
                book.NameIfFree(concept, synonym);
        }
        foreach (var condition in content.Conditions)
        {
            foreach (var symptom in condition.Symptoms.Concat(condition.ChiefComplaints))
                book.Take(ConceptKind.Symptom, symptom, SemanticTypes.Symptom);
            foreach (var finding in condition.ExamFindings)
                book.Take(ConceptKind.Finding, finding, SemanticTypes.Finding);
        }
    }

    /// <summary>What a code stands for is a kind of its category; a category that bears a thing's own name is that thing.</summary>
    private static void AddGroups(ConceptBook book, HospitalContent content)
    {
        var conditionsOf = content.Conditions.SelectMany(c => c.Icd10.Select(code => (Key: (code, 10), c)).Concat(c.Icd9.Select(code => (Key: (code, 9), c)))).ToLookup(x => x.Key, x => x.c);
        foreach (var (vocabulary, code, _, name) in content.Hospital.Ccs.Where(c => c.Vocabulary.EndsWith("CM", StringComparison.Ordinal)))
        {
            var version = vocabulary == "ICD10CM" ? 10 : 9;
            var group = book.Take(ConceptKind.DiagnosisGroup, name, SemanticTypes.Disease);
            foreach (var condition in conditionsOf[(code, version)])
                book.Get(ConceptKind.Condition, condition.Name).AddParent(group);
            if (!conditionsOf.Contains((code, version)) && content.TitleOf.TryGetValue((code, version), out var title))
                book.Find(ConceptKind.Diagnosis, title)?.AddParent(group);
        }
    }
}
