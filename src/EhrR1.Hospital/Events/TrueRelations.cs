namespace EhrR1.Hospital;

/// <summary>Every relation by which the hospital was made, as source, relation, target.</summary>
internal static class TrueRelations
{
    public static StaticFile File(HospitalContent content) => new("truth/relations.csv", "source,relation,target", t =>
    {
        foreach (var relation in All(content).Distinct())
            t.Text(relation.Source).Text(relation.Relation).Text(relation.Target).End();
    });

    private static IEnumerable<NamedRelation> All(HospitalContent content)
    {
        foreach (var condition in content.Conditions)
        {
            foreach (var (name, factor) in condition.RiskFactors)
                yield return new(name, factor >= 1 ? "risk factor for" : "protects from", condition.Name);
            foreach (var symptom in condition.Symptoms)
                yield return new(condition.Name, "presents with", symptom);
            foreach (var finding in condition.ExamFindings)
                yield return new(condition.Name, "shows on examination", finding);
            foreach (var code in condition.Icd10.Concat(condition.Icd9))
                yield return new(condition.Name, "coded as", code);
            foreach (var effect in content.Effects[condition.Name])
                yield return new(condition.Name, effect.Shift >= 0 ? "raises" : "lowers", effect.Target);
            foreach (var treatment in content.Treatments[condition.Name])
                yield return new(treatment.Target, treatment.Relation.Length > 0 ? treatment.Relation : "treats", condition.Name);
        }
        foreach (var exam in content.Imaging)
        {
            foreach (var condition in exam.Findings.Keys)
                yield return new(exam.Name, "shows", condition);
        }
        foreach (var rule in content.Rules)
            yield return rule;
    }
}
