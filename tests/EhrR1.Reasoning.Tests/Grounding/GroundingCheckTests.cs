using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests;

/// <summary>Chains that fail in exactly one way each.</summary>
public sealed class GroundingCheckTests
{
    private const string True = """
        ## Extraction
        **Labotary Test Events [2150-03-10 03:00:00]**: Sodium was 117.0 mEq/L (reference range 133 to 145), Hemoglobin 10.9 g/dL.
        **Medrecon [2150-03-10 04:00:00]**: the patient takes lasix and "entocort ec".

        ## Reasoning
        Lasix is Furosemide. Furosemide may treat Heart failure, which may be treated by Spironolactone.
        A sodium of 117 mEq/L is low. So Spironolactone comes next, and Digoxin too.

        ## Final Results
        Spironolactone
        Digoxin
        """;

    private static readonly Sample _sample = MakeSample();
    private static readonly ThinkingGraph _graph = MakeGraph();
    private static readonly GroundingVocabulary _vocabulary = MakeVocabulary();

    [Fact]
    public void Check_TrueChain_FindsNothing()
    {
        var result = Check(True);
        result.Faults.ShouldBeEmpty();
        result.Measures.ShouldBe(new GroundingMeasures(1, 1, 1, 1, 1, 1, 1));
        result.Score.ShouldBe(1);
        result.Pairs.ShouldBe(2);
        result.Claims.ShouldBe(15);
    }

    public static TheoryData<string, GroundingFaultKind, string, string> OneFault() => new()
    {
        { "wrong time", GroundingFaultKind.WrongTime, "03:00:00", "02:00:00" },
        { "wrong day", GroundingFaultKind.WrongTime, "03-10 04:00", "03-09 04:00" },
        { "event that does not exist", GroundingFaultKind.UnknownEvent, "Medrecon [", "Blood Bank ["},
        { "event of a type that the record lacks", GroundingFaultKind.UnknownEvent, "Medrecon [", "Pyxis [" },
        { "invented value", GroundingFaultKind.WrongValue, "117.0 mEq/L (", "118.0 mEq/L (" },
        { "value of another item", GroundingFaultKind.WrongValue, "117.0 mEq/L (", "10.9 mEq/L (" },
        { "value of the range", GroundingFaultKind.WrongValue, "117.0 mEq/L (", "133.0 mEq/L (" },
        { "invented range", GroundingFaultKind.WrongValue, "133 to 145", "134 to 145" },
        { "invented value in the reasoning", GroundingFaultKind.WrongValue, "of 117 mEq/L", "of 107 mEq/L" },
        { "unit swapped", GroundingFaultKind.WrongUnit, "10.9 g/dL", "10.9 mg/dL" },
        { "unit swapped in the reasoning", GroundingFaultKind.WrongUnit, "of 117 mEq/L", "of 117 mmol/L" },
        { "item of another event", GroundingFaultKind.WrongValue, "Hemoglobin 10.9", "Sodium 10.9" },
        { "item of another patient with a value", GroundingFaultKind.ItemNotInEvent, "Hemoglobin 10.9", "Troponin T 10.9" },
        { "item of nobody with a value", GroundingFaultKind.ItemNotInEvent, "Hemoglobin 10.9", "Flibberin 10.9" },
        { "item of another patient in prose", GroundingFaultKind.ItemNotInRecord, "takes lasix and", "takes keppra and" },
        { "item of another patient in quotes", GroundingFaultKind.ItemNotInRecord, "\"entocort ec\"", "\"keppra\"" },
        { "item of nobody in quotes", GroundingFaultKind.ItemNotInRecord, "\"entocort ec\"", "\"flibber\"" },
        { "item of another event in quotes", GroundingFaultKind.ItemNotInEvent, "\"entocort ec\"", "\"Hemoglobin\"" },
        { "wrong item of the answer", GroundingFaultKind.WrongItem, "\nDigoxin", "\nDigoxin\nAspirin" },
        { "item without a step", GroundingFaultKind.UnderivedItem, ", and Digoxin too", "" },
        { "relation without support", GroundingFaultKind.UnsupportedRelation, "Furosemide may treat Heart failure", "Furosemide may treat Epilepsy, a seizure disease. Furosemide may treat Heart failure" },
        { "relation reversed", GroundingFaultKind.OtherRelation, "Furosemide may treat Heart failure", "Furosemide may be treated by Heart failure" },
        { "another relation", GroundingFaultKind.OtherRelation, "Furosemide may treat Heart failure", "Furosemide is a complication of Heart failure" },
        { "leaked wording", GroundingFaultKind.LeakWording, "So Spiro", "As the answer indicates, Spiro" },
        { "ground truth", GroundingFaultKind.LeakWording, "So Spiro", "By the ground truth Spiro" },
        { "missing section", GroundingFaultKind.MissingSection, "## Extraction\n", "" },
        { "extra section", GroundingFaultKind.ExtraSection, "## Final", "## Summary\nAll is said.\n\n## Final" },
        { "section twice", GroundingFaultKind.ExtraSection, "## Final", "## Final Results\nSpironolactone\nDigoxin\n\n## Final" },
        { "time of nowhere", GroundingFaultKind.UnknownTime, "is low.", "is low since 2150-03-09 11:00." },
        { "empty end", GroundingFaultKind.NoFinalItem, "Results\nSpironolactone\nDigoxin", "Results\n" },
    };

    [Theory, MemberData(nameof(OneFault))]
    public void Check_ChainFalseInOneWay_NamesThatWayAlone(string way, GroundingFaultKind kind, string old, string with)
    {
        True.ShouldContain(old);
        var result = Check(True.Replace(old, with, StringComparison.Ordinal));
        if (way == "missing section")
        {
            // Without the heading its events are cited nowhere either.
            result.Faults.Select(f => f.Kind).ShouldBe([kind, GroundingFaultKind.NothingCited], ignoreOrder: true);
            return;
        }

        result.Faults.Select(f => f.Kind).Distinct().ShouldBe([kind], $"{way}: {string.Join("; ", result.Faults)}");
        result.FaultCount.ShouldBe(1, way);
        result.Score.ShouldBeLessThan(1, way);
        result.Measures.Named().Count(m => m.Value < 1).ShouldBeInRange(1, kind is GroundingFaultKind.NoFinalItem or GroundingFaultKind.WrongItem ? 3 : 1, way);
    }

    [Theory, MemberData(nameof(OneFault))]
    public void Pass_OneFalseClaim_FallsUnlessItIsAllowed(string way, GroundingFaultKind kind, string old, string with)
    {
        // What other checks decide, by their measures alone.
        GroundingFaultKind[] notFalse =
        [
            GroundingFaultKind.UnderivedItem, GroundingFaultKind.UnsupportedRelation, GroundingFaultKind.LeakWording, GroundingFaultKind.MissingSection, GroundingFaultKind.ExtraSection,
            GroundingFaultKind.NoFinalItem,
        ];
        var result = Check(True.Replace(old, with, StringComparison.Ordinal));
        result.FalseClaims.ShouldBe(notFalse.Contains(kind) ? 0 : 1, way);
        // Whatever the measures: they are asked for nothing here.
        var anything = new GroundingOptions { LeastMeasure = 0 };
        anything.Pass(result).ShouldBe(result.FalseClaims == 0, way);
        (anything with { FalseClaimsAllowed = 1 }).Pass(result).ShouldBeTrue(way);
        new GroundingOptions { FalseClaimsAllowed = 1 }.Pass(result).ShouldBe(result.Measures.Pass(0.8), way);
    }

    [Fact]
    public void Pass_OneInventedValueAmongManyTrueOnes_FallsThoughEachMeasureIsReached()
    {
        var result = Check(True.Replace("117.0 mEq/L (", "118.0 mEq/L (", StringComparison.Ordinal));
        result.Measures.Pass(0.8).ShouldBeTrue();
        new GroundingOptions().Pass(result).ShouldBeFalse();
        new GroundingOptions().Pass(Check(True)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("reduces", false)]
    [InlineData("prevents", false)]
    [InlineData("causes", true)]
    [InlineData("exacerbates", true)]
    [InlineData("is a risk factor for", true)]
    [InlineData("is contraindicated in", true)]
    [InlineData("should be avoided in", true)]
    public void Check_RelationNearTheGraphsOrAgainstIt_IsAnotherAndFalseOnlyWhereItContradicts(string said, bool isFalse)
    {
        var result = Check(True.Replace("Furosemide may treat", $"Furosemide {said}", StringComparison.Ordinal));
        result.Faults.Select(f => f.Kind).ShouldBe([GroundingFaultKind.OtherRelation]);
        result.FalseClaims.ShouldBe(isFalse ? 1 : 0);
    }

    [Theory]
    [InlineData("Furosemide is recommended for Heart failure", true)]
    [InlineData("Furosemide is first-line therapy for Heart failure", true)]
    [InlineData("Heart failure is commonly associated with Furosemide", true)]
    [InlineData("Furosemide is recommended for Epilepsy", false)]
    [InlineData("Furosemide is contraindicated in Epilepsy", false)]
    [InlineData("Furosemide raises suspicion for Epilepsy", false)]
    // A path of treatments is none of contraindications.
    [InlineData("Furosemide is contraindicated in a patient with Spironolactone", false)]
    public void Check_WordingOfLanguageModels_IsSeen(string sentence, bool isSupported)
    {
        var result = Check(True.Replace("So Spiro", sentence + ". So Spiro", StringComparison.Ordinal));
        result.Pairs.ShouldBe(3, sentence);
        result.Faults.Select(f => f.Kind).ShouldBe(isSupported ? [] : [GroundingFaultKind.UnsupportedRelation], sentence);
    }

    [Fact]
    public void Check_AnswerCopiedFromTheTarget_IsFound()
    {
        // The order itself, which is not in the input.
        var result = Check(True.Replace("\n\n## Reasoning", "\n**Prescriptions [2150-03-10 12:00:00]**: Spironolactone was ordered.\n\n## Reasoning", StringComparison.Ordinal));
        result.Has(GroundingFaultKind.CopiedItem).ShouldBeTrue();
        result.Measures.AnswerFidelity.ShouldBe(0.5);
        result.Measures.AnswerRecall.ShouldBe(1);
    }

    [Fact]
    public void Check_AnswerCopiedFromAnOrderListAtTheQuestion_IsFoundAlone()
    {
        var sample = MakeSample(c => c.Add("pharmacy", HandMade.At(12), 1, ("medication", "Spironolactone"), ("proc_type", "Unit Dose")));
        var text = True.Replace("\n\n## Reasoning", "\n**Pharmacy [2150-03-10 12:00:00]**: Spironolactone.\n\n## Reasoning", StringComparison.Ordinal);
        var result = new GroundingCheck(_vocabulary).Check(sample, _graph, Parse(text));
        result.Faults.Select(f => f.Kind).ShouldBe([GroundingFaultKind.CopiedItem]);
        // A list of the hours before is a fact like any other.
        var before = MakeSample(c => c.Add("pharmacy", HandMade.At(11), 1, ("medication", "Spironolactone"), ("proc_type", "Unit Dose")));
        new GroundingCheck(_vocabulary).Check(before, _graph, Parse(text.Replace("12:00:00", "11:00:00", StringComparison.Ordinal))).Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Check_EventAfterThePredictionTime_IsALeakAndNothingElse()
    {
        // The published profile shows a risk task the first day, though the question is asked before its end.
        var late = _sample with { Row = _sample.Row with { PredictionTime = HandMade.At(3.5) } };
        var result = new GroundingCheck(_vocabulary).Check(late, _graph, Parse(True));
        result.Faults.Select(f => f.Kind).ShouldBe([GroundingFaultKind.AfterPrediction]);
        result.Measures.NoLeakage.ShouldBe(0.5);
    }

    [Fact]
    public void Check_WithoutVocabulary_StillFindsWhatIsPlainlyQuoted()
    {
        var check = new GroundingCheck();
        check.Check(_sample, _graph, Parse(True)).Faults.ShouldBeEmpty();
        check.Check(_sample, _graph, Parse(True.Replace("\"entocort ec\"", "\"keppra\"", StringComparison.Ordinal))).Has(GroundingFaultKind.ItemNotInRecord).ShouldBeTrue();
        var listed = True.Replace("the patient takes lasix and \"entocort ec\"", "lasix, entocort ec, keppra", StringComparison.Ordinal);
        check.Check(_sample, _graph, Parse(listed)).Faults.ShouldHaveSingleItem().What.ShouldBe("keppra");
    }

    [Fact]
    public void Check_WithoutGraph_DoesNotMeasureRelations()
    {
        var result = new GroundingCheck(_vocabulary).Check(_sample, null, Parse(True));
        result.Measures.RelationSupport.ShouldBe(double.NaN);
        result.Score.ShouldBe(1);
    }

    [Fact]
    public void Check_UnknownRelationOfTheGraph_IsKnownByIt()
    {
        var graph = _graph with { Edges = [_graph.Edges[0] with { Paths = [["Furosemide", "flushes out with", "Heart failure", "may be treated by", "Spironolactone"]] }] };
        var text = True.Replace("Furosemide may treat", "Furosemide flushes out with", StringComparison.Ordinal);
        new GroundingCheck(_vocabulary).Check(_sample, graph, Parse(text)).Faults.ShouldBeEmpty();
        new GroundingCheck(_vocabulary).Check(_sample, graph, Parse(True)).Has(GroundingFaultKind.OtherRelation).ShouldBeTrue();
    }

    [Theory]
    [InlineData("lasix belongs to loop diuretics")]
    [InlineData("Lasix and entocort ec are on the list, and Heart failure is associated with Spironolactone")]
    [InlineData("Furosemide suggests Spironolactone")]
    public void Check_RelationOfTheRecordOrAlongAPath_IsSupported(string sentence) =>
        Check(True.Replace("So Spiro", sentence + ". So Spiro", StringComparison.Ordinal)).Faults.ShouldBeEmpty();

    [Fact]
    public void Check_TwoSidedChain_MeasuresTheProbabilityOfTheRightAnswer()
    {
        var row = _sample.Row with { Task = "Inpatient_Mortality", Labels = ["yes"] };
        var chain = ChainParser.Parse("## Evidence for\n**Labotary Test Events [2150-03-10 03:00:00]**: Sodium 117.0 mEq/L.\n## Evidence against\n**Medrecon [2150-03-10 04:00:00]**: lasix.\n## Probability\n0.7", ChainTemplates.Get("two-sided"));
        var result = new GroundingCheck(_vocabulary).Check(_sample with { Row = row }, null, chain);
        result.Faults.ShouldBeEmpty();
        result.Measures.AnswerFidelity.ShouldBe(0.7);
        var no = new GroundingCheck(_vocabulary).Check(_sample with { Row = row with { Labels = ["no"] } }, null, chain);
        no.Measures.AnswerFidelity.ShouldBe(0.3, 1e-12);
        no.Measures.AnswerRecall.ShouldBe(0);
    }

    [Fact]
    public void Check_NothingButTheEnd_EarnsNothingForWhatItDoesNotSay()
    {
        var result = Check("## Extraction\n\n## Reasoning\n\n## Final Results\nSpironolactone");
        result.Measures.ExtractionFidelity.ShouldBe(0);
        result.Measures.Derivation.ShouldBe(0);
        result.Score.ShouldBeLessThan(0.8);
    }

    [Fact]
    public void Score_OfAnyMeasures_GrowsWithEach()
    {
        var weights = new GroundingWeights();
        var base_ = new GroundingMeasures(.5, .5, .5, .5, .5, .5, .5);
        GroundingMeasures[] better = [base_ with { Sections = .6 }, base_ with { ExtractionFidelity = .6 }, base_ with { RelationSupport = .6 }, base_ with { Derivation = .6 }, base_ with { AnswerFidelity = .6 }, base_ with { AnswerRecall = .6 }, base_ with { NoLeakage = .6 }];
        foreach (var measures in better)
            measures.Score(weights).ShouldBeGreaterThan(base_.Score(weights));
        base_.Score(weights).ShouldBe(.5);
    }

    [Fact]
    public void Best_OfSeveralChains_PassesBeforeItScoresAndTiesById()
    {
        CheckedChain Of(string id, string text) => new(new ReasoningChain { Id = id, SampleId = "s", Chain = text, Answer = ["Spironolactone", "Digoxin"], Teacher = "t" }, Parse(text), PublishedFilter.Check(Parse(text), ["Spironolactone", "Digoxin"]), Check(text));
        var extra = Of("a", True + "\n\n## Summary\nx");
        var wrong = Of("b", True.Replace("10.9", "11.9", StringComparison.Ordinal));
        CheckedChain.Best([extra, wrong])!.Chain.Id.ShouldBe("b");
        CheckedChain.Best([Of("d", True), extra, wrong, Of("c", True)])!.Chain.Id.ShouldBe("c");
        CheckedChain.Best([]).ShouldBeNull();
    }

    [Fact]
    public void Check_ManyThreads_AgreeWithOne()
    {
        var check = new GroundingCheck(_vocabulary);
        var texts = OneFault().Select(r => True.Replace(r.Data.Item3, r.Data.Item4, StringComparison.Ordinal)).ToList();
        var expected = texts.ConvertAll(t => Check(t).Score);
        var found = new double[texts.Count * 20];
        Parallel.For(0, found.Length, i => found[i] = check.Check(_sample, _graph, Parse(texts[i % texts.Count])).Score);
        for (int i = 0; i < found.Length; i++)
            found[i].ShouldBe(expected[i % texts.Count]);
    }

    private static GroundingResult Check(string text) => new GroundingCheck(_vocabulary).Check(_sample, _graph, Parse(text));

    private static ParsedChain Parse(string text) => ChainParser.Parse(text, ChainTemplates.Get(""));

    private static Sample MakeSample(Action<ChartBuilder>? more = null)
    {
        var chart = new ChartBuilder(1).Patient().Admission(1, 100).Emergency(2, 9, stay: 7, hadm: 1);
        foreach (var (item, value, unit, low, high) in new[] { ("Sodium", 117.0, "mEq/L", 133.0, 145.0), ("Hemoglobin", 10.9, "g/dL", 12, 16), ("Urea Nitrogen", 133, "mg/dL", 6, 20) })
            chart.Add("labevents", HandMade.At(3), 1, ("item_name", item), ("valuenum", value), ("valueuom", unit), ("ref_range_lower", low), ("ref_range_upper", high));
        chart.Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", "lasix"), ("ATC Type", "loop diuretics"))
            .Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", "entocort ec"), ("ATC Type", "gut-acting steroids"));
        more?.Invoke(chart);
        chart.Add("prescriptions", HandMade.At(12), 1, ("drug", "Spironolactone")).Add("prescriptions", HandMade.At(12), 1, ("drug", "Digoxin"));
        var sample = chart.Sample("prescriptions");
        return sample;
    }

    private static ThinkingGraph MakeGraph() => new()
    {
        Id = "s",
        Task = "prescriptions",
        SubjectId = 1,
        PredictionTime = HandMade.At(12),
        Targets = [new GraphTarget("Spironolactone", "D:1", "Spironolactone")],
        Facts = [new GraphFact("lasix", TermKind.Drug, "D:2", "Furosemide", "medrecon", HandMade.At(4), 3, 1)],
        Edges = [new GraphEdge(0, 0, 9, 5, [["Furosemide", "may treat", "Heart failure", "may be treated by", "Spironolactone"]])],
    };

    private static GroundingVocabulary MakeVocabulary()
    {
        var vocabulary = new GroundingVocabulary();
        foreach (var lab in new[] { "Sodium", "Hemoglobin", "Troponin T", "Urea Nitrogen" })
            vocabulary.AddItem(EventCatalog.Get("labevents"), lab);
        foreach (var drug in new[] { "lasix", "keppra", "entocort ec" })
            vocabulary.AddItem(EventCatalog.Get("medrecon"), drug);
        foreach (var concept in new[] { "Epilepsy", "Heart failure", "Levetiracetam" })
            vocabulary.AddConcept(concept);
        return vocabulary;
    }
}
