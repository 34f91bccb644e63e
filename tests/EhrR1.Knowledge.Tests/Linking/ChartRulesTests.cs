namespace EhrR1.Knowledge.Tests;

public sealed class ChartRulesTests
{
    public static TheoryData<string> Rules => [.. ChartRules.All.Select(r => r.Name)];

    [Theory, MemberData(nameof(Rules))]
    public void Apply_Examples_GiveWhatTheRuleSays(string name)
    {
        var rule = ChartRules.All.Single(r => r.Name == name);
        rule.Examples.Count.ShouldBePositive();
        rule.Kinds.Count.ShouldBePositive();
        foreach (var (text, plainer) in rule.Examples)
            rule.Apply(text).ShouldBe(plainer, $"{name}: {text}");
        // A rule that changes nothing in its examples shows nothing.
        rule.Examples.ShouldContain(e => e.Key != e.Value);
    }

    [Fact]
    public void Variants_AnyExample_EndAfterFewRounds()
    {
        foreach (var rule in ChartRules.All)
        {
            foreach (var kind in rule.Kinds)
            {
                foreach (var text in rule.Examples.Keys)
                {
                    var variants = ChartRules.Variants(kind, text);
                    variants.ShouldBeUnique();
                    variants.ShouldAllBe(v => v.Length > 0);
                    variants[0].ShouldBe(ChartRule.Tidy(text));
                }
            }
        }
    }

    [Theory]
    [InlineData(TermKind.Drug, "Potassium Chloride 20 mEq ER tablet", "potassium chloride")]
    [InlineData(TermKind.Drug, "Furosemide (Lasix) 20mg/2mL", "furosemide")]
    [InlineData(TermKind.Drug, "Furosemide (Lasix) 20mg/2mL", "lasix")]
    [InlineData(TermKind.Drug, "0.9% Sodium Chloride (Mini Bag Plus)", "sodium chloride")]
    [InlineData(TermKind.Drug, "HYDROmorphone (Dilaudid)", "hydromorphone")]
    [InlineData(TermKind.Drug, "Metoprolol Tartrate", "metoprolol")]
    [InlineData(TermKind.Drug, "Aspirin EC", "aspirin")]
    [InlineData(TermKind.Drug, "Acetaminophen IV", "acetaminophen")]
    [InlineData(TermKind.Drug, "Lidocaine Jelly 2% (Uro 5mL UJET", "lidocaine")]
    [InlineData(TermKind.Laboratory, "Hematocrit, Calculated", "hematocrit")]
    [InlineData(TermKind.Laboratory, "Alanine Aminotransferase (ALT)", "alt")]
    [InlineData(TermKind.Laboratory, "INR(PT)", "inr")]
    [InlineData(TermKind.Laboratory, "Glucose, CSF", "csf analysis")]
    [InlineData(TermKind.Diagnosis, "Hyperlipidemia NEC/NOS", "hyperlipidemia")]
    [InlineData(TermKind.Diagnosis, "Type 2 diabetes mellitus without complications", "type 2 diabetes mellitus")]
    [InlineData(TermKind.Diagnosis, "Malignant neoplasm of pancreas, unspecified", "pancreas cancer")]
    [InlineData(TermKind.Imaging, "CHEST (PORTABLE AP)", "chest")]
    [InlineData(TermKind.IntensiveCare, "PICC Line Dressing Change", "picc")]
    [InlineData(TermKind.Observation, "Chest Tube #2", "chest tube")]
    public void Variants_TermOfAChart_HoldThePlainName(TermKind kind, string text, string plain) => ChartRules.Variants(kind, text).ShouldContain(plain);

    [Theory]
    [InlineData(TermKind.Diagnosis, "Personal history of transient ischemic attack (TIA)", "tia")]
    [InlineData(TermKind.Diagnosis, "Personal history of malignant neoplasm of breast", "breast cancer")]
    [InlineData(TermKind.Drug, "Potassium Chloride", "potassium")]
    [InlineData(TermKind.Drug, "Sodium Bicarbonate", "sodium")]
    [InlineData(TermKind.Laboratory, "Creatinine, Urine", "creatinine")]
    [InlineData(TermKind.Laboratory, "Lactate Dehydrogenase, Pleural", "lactate dehydrogenase")]
    public void Variants_WhatWouldMeanSomethingElse_AreNotMade(TermKind kind, string text, string wrong) => ChartRules.Variants(kind, text).ShouldNotContain(wrong);
}
