namespace EhrR1.Hospital;

/// <summary>Every relation by which the hospital was made, and every name of what they join.</summary>
internal static class TrueRelations
{
    public static IEnumerable<StaticFile> Files(HospitalContent content, ConceptBook book) =>
    [
        new("truth/relations.csv", "source,relation,target,source_id,target_id", t =>
        {
            foreach (var relation in All(content, book).Distinct())
                t.Text(relation.Source).Text(relation.Relation).Text(relation.Target).Text(relation.From.Id).Text(relation.To?.Id).End();
        }),
        new("truth/names.csv", "id,kind,name,is_class", t =>
        {
            foreach (var concept in book.All)
            {
                foreach (var name in concept.Names.Select(n => n.Text).Distinct(StringComparer.OrdinalIgnoreCase))
                    t.Text(concept.Id).Text(concept.Kind.ToString()).Text(name).Int(0).End();
                foreach (var name in concept.Parents.Where(p => IsClass(p.Kind)).SelectMany(p => p.Names).Select(n => n.Text).Distinct(StringComparer.OrdinalIgnoreCase))
                    t.Text(concept.Id).Text(concept.Kind.ToString()).Text(name).Int(1).End();
            }
        }),
    ];

    public static IEnumerable<TrueRelation> All(HospitalContent content, ConceptBook book) =>
        OfConditions(content, book).Concat(OfTests(content, book)).Concat(OfRules(content, book));

    // Classes by which charts tell a thing: ATC classes, CCS categories.
    private static bool IsClass(ConceptKind kind) => kind is ConceptKind.DrugClass or ConceptKind.DiagnosisGroup or ConceptKind.ProcedureGroup;

    private static IEnumerable<TrueRelation> OfConditions(HospitalContent content, ConceptBook book)
    {
        foreach (var condition in content.Conditions)
        {
            var concept = book.Get(ConceptKind.Condition, condition.Name);
            foreach (var (name, factor) in condition.RiskFactors)
                yield return new(name, factor >= 1 ? "risk factor for" : "protects from", condition.Name, book.Get(ConceptKind.Condition, name), concept);
            foreach (var symptom in condition.Symptoms.Concat(condition.ChiefComplaints))
                yield return new(condition.Name, "presents with", symptom, concept, book.Get(ConceptKind.Symptom, symptom));
            foreach (var finding in condition.ExamFindings)
                yield return new(condition.Name, "shows on examination", finding, concept, book.Get(ConceptKind.Finding, finding));
            foreach (var code in condition.Icd10.Concat(condition.Icd9))
                yield return new(condition.Name, "coded as", code, concept, null);
            foreach (var effect in content.Effects[condition.Name])
                yield return new(condition.Name, effect.Shift >= 0 ? "raises" : "lowers", effect.Target, concept, book.Get(effect.IsLab ? ConceptKind.Laboratory : ConceptKind.VitalSign, effect.Target));
            foreach (var treatment in content.Treatments[condition.Name])
                yield return new(treatment.Target, treatment.Relation.Length > 0 ? treatment.Relation : "treats", condition.Name, book.Get(KindOf(treatment), treatment.Target), concept);
            if (condition.Service.Length > 0)
                yield return new(condition.Name, "cared for by", condition.Service, concept, book.Get(ConceptKind.Service, condition.Service));
        }
    }

    private static IEnumerable<TrueRelation> OfTests(HospitalContent content, ConceptBook book)
    {
        foreach (var exam in content.Imaging)
        {
            foreach (var condition in exam.Findings.Keys)
                yield return new(exam.Name, "shows", condition, book.Get(ConceptKind.Imaging, exam.Name), book.Get(ConceptKind.Condition, condition));
        }
        foreach (var panel in content.Panels)
        {
            foreach (var lab in panel.Items)
                yield return new(lab.Label, "ordered in", panel.FullName, book.Get(ConceptKind.Laboratory, lab.Label), book.Get(ConceptKind.Panel, panel.FullName));
        }
        foreach (var test in content.Microbiology)
        {
            foreach (var organism in test.Organisms.Items)
                yield return new(test.TestName, "grows", organism, book.Get(ConceptKind.Microbiology, test.TestName), book.Get(ConceptKind.Organism, organism));
        }
    }

    private static IEnumerable<TrueRelation> OfRules(HospitalContent content, ConceptBook book)
    {
        foreach (var unit in content.Hospital.CareUnits)
        {
            foreach (var service in unit.Services)
                yield return new(unit.Name, "houses", service, book.Get(ConceptKind.Place, unit.Name), book.Get(ConceptKind.Service, service));
        }
        foreach (var rule in content.Rules)
            yield return new(rule.Source, rule.Relation, rule.Target, book.Get(ConceptKind.Condition, rule.Source), book.Get(ConceptKind.Condition, rule.Target));
    }

    private static ConceptKind KindOf(Treatment treatment) => treatment.Kind switch
    {
        "drug" or "icu_item" => ConceptKind.Drug,
        "procedure" => ConceptKind.Procedure,
        "imaging" => ConceptKind.Imaging,
        "micro" => ConceptKind.Microbiology,
        "consult" => ConceptKind.Service,
        _ => throw new InvalidOperationException($"The content treats {treatment.Condition} with a '{treatment.Kind}'."),
    };
}
