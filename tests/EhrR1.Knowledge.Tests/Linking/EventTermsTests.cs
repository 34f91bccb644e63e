using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge.Tests;

public sealed class EventTermsTests
{
    private static readonly DateTime _noon = new(2150, 3, 1, 12, 0, 0);

    [Fact]
    public void Terms_Event_AreTheLabelsOfItsDecisionTasksWithCodes()
    {
        var chart = new ChartBuilder(1).Patient()
            .Add("prescriptions", _noon, 1, ("drug", " Furosemide "), ("ATC Type", "sulfonamides, plain"), ("atc_code", "C03CA"), ("ndc", "00093005801"), ("gsn", "8209 000000"))
            .Add("prescriptions", _noon, 1, ("drug", "Bag"), ("ndc", "0"))
            .Add("diagnoses_icd", _noon, 1, ("diagnoses", "Heart failure"), ("CCS Type", "Congestive heart failure"), ("icd_code", "I509"), ("icd_version", 10))
            .Add("procedures_icd", _noon, 1, ("procedures", "Hemodialysis"), ("icd_code", "3995"), ("icd_version", 9))
            .Add("labevents", _noon, 1, ("item_name", "pH"), ("itemid", 51491))
            .Add("radiology", _noon, 1, ("exam_name", """["CHEST (PORTABLE AP)",""," CT HEAD"]"""))
            .Add("transfers", _noon, 1, ("eventtype", "discharge"), ("careunit", " "))
            .Add("triage", _noon, 1, ("chiefcomplaint", "pain"))
            .Build();

        var lines = chart.Events.SelectMany(EventTerms.Terms).Select(t => $"{t.Field.Name}: {t.Term.Kind} '{t.Term.Text}' {string.Join(' ', t.Term.Codes)}".TrimEnd()).ToList();

        lines.ShouldBe(
        [
            "diagnoses: Diagnosis 'Heart failure' ICD10CM:I509",
            "CCS Type: DiagnosisCategory 'Congestive heart failure'",
            "item_name: Laboratory 'pH' MIMICLAB:51491",
            "drug: Drug 'Furosemide' NDC:00093005801 GSN:008209 ATC:C03CA",
            "ATC Type: DrugClass 'sulfonamides, plain' ATC:C03CA",
            "drug: Drug 'Bag'",
            "procedures: Procedure 'Hemodialysis' ICD9PROC:3995",
            "eventtype: Care 'discharge'",
            "exam_name: Imaging 'CHEST (PORTABLE AP)'",
            "exam_name: Imaging 'CT HEAD'",
        ], ignoreOrder: true);
    }

    [Fact]
    public void KindOf_FieldOfEveryDecisionTask_IsKnown()
    {
        foreach (var task in TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Decision && t.AnchorEvent is not null && !t.IsFreeText))
        {
            foreach (var field in task.TargetFields)
                Should.NotThrow(() => EventTerms.KindOf(EventCatalog.Get(task.AnchorEvent!), EventCatalog.Get(task.AnchorEvent!)[field]));
        }

        foreach (var type in EventCatalog.Types)
        {
            foreach (var field in EventTerms.Fields(type))
                Should.NotThrow(() => EventTerms.KindOf(type, field));
        }

        EventTerms.Fields(EventCatalog.Get("pyxis")).Select(f => f.Name).ShouldBe(["name"]);
        EventTerms.Fields(EventCatalog.Get("discharge")).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => EventTerms.KindOf(EventCatalog.Get("triage"), EventCatalog.Get("triage")["pain"]));
    }

    [Fact]
    public void Equals_TermsWithEqualCodes_AreOne()
    {
        var one = new ChartTerm(TermKind.Drug, "a", [new ConceptCode("ATC", "C03CA")]);
        one.ShouldBe(new ChartTerm(TermKind.Drug, "a", [new ConceptCode("ATC", "c03ca")]));
        one.GetHashCode().ShouldBe(new ChartTerm(TermKind.Drug, "a", [new ConceptCode("ATC", "c03ca")]).GetHashCode());
        one.ShouldNotBe(new ChartTerm(TermKind.Drug, "a", []));
        one.ShouldNotBe(new ChartTerm(TermKind.Laboratory, "a", one.Codes));
    }
}
