using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests;

/// <summary>True chains that look false at a glance: units that hold an item's letter, numbers within names, names within names, lists of quotations.</summary>
public sealed class FalseAlarmTests
{
    private static readonly Sample _sample = MakeSample();
    private static readonly ThinkingGraph _graph = MakeGraph();
    private static readonly GroundingVocabulary _vocabulary = MakeVocabulary();

    [Theory]
    [InlineData("Labotary Test Events", "03", "\"Lactate Dehydrogenase (LD)\" 248.0 IU/L (within the reference range of 94.0 to 250.0)")]
    [InlineData("Labotary Test Events", "03", "\"Lactate\" 2.1 mmol/L (above the reference range of 0.5 to 2.0)")]
    [InlineData("Labotary Test Events", "03", "I see \"H\" 7, \"I\" 3 and L: 12")]
    [InlineData("Labotary Test Events", "03", "\"Lactate\" 2.1 mmol/L; this bears on potassium level and keppra-induced drowsiness")]
    [InlineData("Prescriptions", "05", "\"Fosphenytoin\" at a dose of 100 mg PE")]
    [InlineData("Discharge", "02", "The discharge note names \"0.9% Sodium Chloride\", \"COPD\" and \"D5 1/2NS\"")]
    [InlineData("Radiology Examinations", "04", "The report names \"FOOT AP,LAT & OBL\", \"fever\" and \"leg pain\"")]
    [InlineData("Radiology Examinations", "04", "the report names \"FOOT AP,LAT & OBL\", fever and leg pain")]
    public void Check_TrueOfAnEvent_FindsNothing(string type, string hour, string said) =>
        Check($"**{type} [2150-03-10 {hour}:00:00]**: {said}.").Faults.ShouldBeEmpty(said);

    [Theory]
    [InlineData("Labotary Test Events", "03", "\"Lactate Dehydrogenase (LD)\" 12.0 IU/L", GroundingFaultKind.WrongValue)]
    [InlineData("Labotary Test Events", "03", "\"Lactate\" 2.1 mmol/L (above the reference range of 0.7 to 2.0)", GroundingFaultKind.WrongValue)]
    [InlineData("Labotary Test Events", "03", "\"H\" 8", GroundingFaultKind.WrongValue)]
    [InlineData("Labotary Test Events", "03", "\"Lactate\" 2.1 mmol/L beside the potassium", GroundingFaultKind.ItemNotInRecord)]
    [InlineData("Prescriptions", "05", "\"Fosphenytoin\" at a dose of 100 mg", GroundingFaultKind.WrongUnit)]
    [InlineData("Prescriptions", "05", "\"Fosphenytoin\" at a dose of 100 mg PEG", GroundingFaultKind.WrongUnit)]
    [InlineData("Discharge", "02", "The discharge note names \"0.45% Sodium Chloride\"", GroundingFaultKind.ItemNotInRecord)]
    [InlineData("Radiology Examinations", "04", "The report names \"FOOT AP,LAT & OBL\", \"fever\" and \"neck pain\"", GroundingFaultKind.ItemNotInRecord)]
    public void Check_FalseInTheSamePlace_IsFound(string type, string hour, string said, GroundingFaultKind kind) =>
        Check($"**{type} [2150-03-10 {hour}:00:00]**: {said}.").Has(kind).ShouldBeTrue(said);

    [Fact]
    public void Check_TwoNamesOfTheGraphThatAreOneElsewhere_AreTwo() =>
        Check("**Radiology Examinations [2150-03-10 04:00:00]**: \"fever\".", "Fever, like N/V, nausea and vomiting, is a manifestation of sepsis.").Faults.ShouldBeEmpty();

    [Fact]
    public void Check_NumberWithinAQuotedNameOfTheReasoning_QuotesNothingOfItsOwn() =>
        Check("**Discharge [2150-03-10 02:00:00]**: \"D5 1/2NS\".", "The record already names \"0.9% Sodium Chloride\". Fever is a manifestation of sepsis.").Faults.ShouldBeEmpty();

    private static GroundingResult Check(string extraction, string reasoning = "Fever is a manifestation of sepsis.") =>
        new GroundingCheck(_vocabulary).Check(_sample, _graph, ChainParser.Parse($"## Extraction\n{extraction}\n\n## Reasoning\n{reasoning} So Aspirin comes next.\n\n## Final Results\nAspirin", ChainTemplates.Get("")));

    private static Sample MakeSample()
    {
        var chart = new ChartBuilder(1).Patient().Admission(1, 100)
            .Add("discharge", HandMade.At(2), 1, ("note_type", "DS"), ("text", "COPD. Given 0.9% Sodium Chloride and D5 1/2NS."));
        foreach (var (item, value, unit, low, high) in new[] { ("Lactate Dehydrogenase (LD)", 248.0, "IU/L", 94.0, 250.0), ("Lactate", 2.1, "mmol/L", 0.5, 2.0), ("L", 12, null, 0, 50), ("H", 7, null, 0, 20), ("I", 3, null, 0, 9) })
            chart.Add("labevents", HandMade.At(3), 1, ("item_name", item), ("valuenum", value), ("valueuom", unit), ("ref_range_lower", low), ("ref_range_upper", high));
        chart.Add("radiology", HandMade.At(4), 1, ("note_type", "RR"), ("exam_name", """["FOOT AP,LAT & OBL"]"""), ("text", "Woman with fever and leg pain, N/V."))
            .Add("prescriptions", HandMade.At(5), 1, ("drug", "Fosphenytoin"), ("dose_val_rx", "100"), ("dose_unit_rx", "mg PE"))
            .Add("emar", HandMade.At(12), 1, ("medication", "Aspirin"), ("event_txt", "Administered"));
        return new SampleBuilder(ChartProfile.EhrBench).Build(chart.Build(), chart.Index("emar").Single());
    }

    private static ThinkingGraph MakeGraph() => new()
    {
        Id = "s",
        Task = "emar",
        SubjectId = 1,
        PredictionTime = HandMade.At(12),
        Targets = [new GraphTarget("Aspirin", "D:1", "Aspirin")],
        Facts = [.. new[] { "Fever", "N/V", "Nausea", "Vomiting" }.Select((name, i) => new GraphFact(name, TermKind.Note, $"N:{i}", name, "radiology", HandMade.At(4), 3, 1))],
        Edges = [.. Enumerable.Range(0, 4).Select(i => new GraphEdge(i, 0, 9, 5, [[new[] { "Fever", "N/V", "Nausea", "Vomiting" }[i], "manifestation of", "Sepsis", "may be treated by", "Aspirin"]])), new GraphEdge(0, 0, 9, 5, [["Fever", "lowers", "Potassium level", "is a", "Aspirin"]])],
    };

    private static GroundingVocabulary MakeVocabulary()
    {
        var vocabulary = new GroundingVocabulary();
        foreach (var lab in new[] { "Potassium", "L", "Sodium Chloride", "keppra" })
            vocabulary.AddItem(EventCatalog.Get("labevents"), lab);
        foreach (var concept in new[] { "Nausea and vomiting", "Keppra-induced drowsiness", "Epilepsy" })
            vocabulary.AddConcept(concept);
        return vocabulary;
    }
}
