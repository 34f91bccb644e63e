namespace EhrR1.Reasoning.Tests.Narration;

public sealed class WeakTurnsTests
{
    [Theory]
    [InlineData("Valproic acid > treats > Migraine > has symptom > Hemianopsia > is a symptom of > Testicular cancer", true)]
    [InlineData("Gabapentin > palliates > Lupus > is treated by > Methotrexate > treats > Testicular cancer", true)]
    [InlineData("Epilepsy > cared for by > Neurology service > cares for > Ischemic stroke", true)]
    [InlineData("Myelofibrosis > is a > Hematologic cancer > has subtype > Leukemia", true)]
    [InlineData("Furosemide > may treat > Heart failure > may be treated by > Spironolactone", false)]
    [InlineData("Cough > is a symptom of > Pneumonia > has symptom > Fever", false)]
    [InlineData("C-reactive protein > is raised in > Osteomyelitis > is diagnosed with the help of > Wound culture", false)]
    [InlineData("Furosemide", false)]
    public void AreIn_PathOverWhatTwoThingsShare_AreFound(string path, bool isWeak) => WeakTurns.BuiltIn.AreIn(path.Split(" > ")).ShouldBe(isWeak);

    [Fact]
    public void Tell_WeakWayBesideAReason_IsLeftOut()
    {
        var sample = Ward.Sample("diagnoses_icd", "Gout");
        var weak = (WardCases.Pulse, "Gout", "Heart rate > is raised in > Uremia > has symptom > Pain > is a symptom of > Gout");
        var reason = (WardCases.Lasix, "Gout", "Furosemide > lowers > Uric acid clearance > is lowered in > Gout");
        new Narrator().Tell(sample, Ward.Graph(sample, weak, reason))!.Chain.ShouldNotContain("eart rate");
        new Narrator().Tell(sample, Ward.Graph(sample, weak))!.Chain.ShouldContain("eart rate", Case.Insensitive, "What is all there is, is told.");
    }

    [Fact]
    public void Tell_WayThatEndsInACause_ComesAfterOneThatEndsInAReason()
    {
        var sample = Ward.Sample("prescriptions", "Heparin");
        var cause = (WardCases.Dialysis, "Heparin", "Hemodialysis > treats > Hyperkalemia > may be caused by > Heparin");
        var reason = (WardCases.Lasix, "Heparin", "Furosemide > treats > Heart failure > may lead to > Thrombosis > is treated by > Heparin");
        new Narrator().Tell(sample, Ward.Graph(sample, cause, reason))!.Chain.ShouldNotContain("yperkalemia");
    }

    [Fact]
    public void Tell_EdgeOfAWeakAndAnotherPath_TellsTheOther()
    {
        var sample = Ward.Sample("diagnoses_icd", "Gout");
        var graph = Ward.Graph(sample, (WardCases.Lasix, "Gout", "Furosemide > treats > Uremia > has symptom > Pain > is a symptom of > Gout"));
        graph = graph with { Edges = [graph.Edges[0] with { Paths = [graph.Edges[0].Paths[0], ["Furosemide", "lowers", "Uric acid clearance", "is lowered in", "Gout"]] }] };
        new Narrator().Tell(sample, graph)!.Chain.ShouldContain("uric acid clearance");
    }

    [Fact]
    public void Tell_DrugThatOnlyCausesWhatThePatientHas_IsNotTold()
    {
        var cause = (WardCases.Dialysis, "Heparin", "Hemodialysis > treats > Hyperkalemia > may be caused by > Heparin");
        foreach (var task in new[] { "emar", "prescriptions", "inputevents" })
        {
            var sample = Ward.Sample(task, "Heparin");
            new Narrator().Tell(sample, Ward.Graph(sample, cause)).ShouldBeNull(task);
        }

        // At home it is what explains the finding.
        var home = Ward.Sample("medrecon", "Heparin");
        new Narrator().Tell(home, Ward.Graph(home, cause)).ShouldNotBeNull();
    }
}
