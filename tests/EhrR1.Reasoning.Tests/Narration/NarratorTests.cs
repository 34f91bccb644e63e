using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;
using EhrR1.TestKit;
using Shouldly;
using Xunit;
using static EhrR1.Reasoning.Tests.Narration.WardCases;

namespace EhrR1.Reasoning.Tests.Narration;

public sealed class NarratorTests
{
    private static readonly Narrator _narrator = new();

    [Fact]
    public void Tell_ADozenTasks_ReadsAsReviewed() =>
        Snapshot.ShouldMatch(string.Join("\n\n", All().SelectMany(c => new[] { 0, 1 }.Select(v => _narrator.Tell(c.Sample, c.Graph, v)!)).Select(c => $"# {c.Id}\n\n{c.Chain}")) + "\n", "Narrations.expected.md");

    [Fact]
    public void Tell_ADozenTasks_CitesAndQuotesOnlyWhatTheInputHas()
    {
        foreach (var (sample, graph) in All())
        {
            var read = new ChainReading(_narrator.Tell(sample, graph)!.Chain);
            read.Titles.ShouldBe(["Extraction", "Reasoning", "Final Results"]);
            read.Before.ShouldBeEmpty();
            var lines = read.Extraction.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines[0].ShouldBe($"Looked for: {NarrationWords.BuiltIn.NounOf(sample.Task.Name, isSeveral: false)}.");
            read.Cited.Count.ShouldBe(lines.Length - 1, "Every line but the first cites an event.");
            foreach (var (name, time) in read.Cited)
                sample.Input.ShouldContain($"## {name} [{time}]\n");
            foreach (var quote in read.Quoted)
                sample.Input.ShouldContain(quote);
            read.Items.ShouldBeSubsetOf(sample.Labels);
            foreach (var target in graph.Targets)
            {
                if (!graph.Facts.Any(f => f.Name == target.Name || f.Term.Contains(target.Term, StringComparison.OrdinalIgnoreCase)))
                    read.Extraction.ShouldNotContain(target.Name, Case.Insensitive, "It is named before it is derived.");
            }
        }
    }

    [Fact]
    public void Tell_NoFactForAnItem_Throws()
    {
        var (sample, graph) = All().First();
        Should.Throw<ArgumentOutOfRangeException>(() => _narrator.Tell(sample, graph, mostFacts: 0));
    }

    [Fact]
    public void Tell_WithoutKnowledge_NamesFactsAndItemsAndNoRelation()
    {
        foreach (var (sample, graph) in All())
        {
            var chain = new Narrator(withKnowledge: false).Tell(sample, graph)!;
            chain.Template.ShouldBe("without-knowledge@1");
            var read = new ChainReading(chain.Chain);
            read.Items.ShouldBe(new ChainReading(_narrator.Tell(sample, graph)!.Chain).Items);
            var reasoning = chain.Chain.Split("## Reasoning\n")[1].Split("\n## Final Results")[0];
            reasoning.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(l => l.Contains(" to ", StringComparison.Ordinal));
            foreach (var relation in graph.Edges.SelectMany(e => e.Paths).SelectMany(p => p.Where((_, i) => i % 2 == 1)))
                reasoning.ShouldNotContain($" {relation} ");
        }
    }

    [Fact]
    public void Tell_Always_SaysWhoWroteItAndForWhom()
    {
        var (sample, graph) = All().First();
        var chain = _narrator.Tell(sample, graph, 2)!;
        (chain.Id, chain.SampleId, chain.Teacher, chain.Template).ShouldBe(("emar-1-3", "emar-1", "narrator", "with-knowledge@1"));
        chain.Answer.ShouldBe(["NiMODipine", "Acetaminophen"]);
        TeacherTemplate.Get(chain.Template).Sections.ShouldBe(new ChainReading(chain.Chain).Titles);
    }

    [Theory]
    [InlineData("Administered", true)]
    [InlineData("Delayed Administered", true)]
    [InlineData("Not Stopped", true)]
    [InlineData("Not Given", false)]
    [InlineData("Not Applied", false)]
    [InlineData("Hold Dose", false)]
    [InlineData("Stopped - Unscheduled", false)]
    public void Tell_DoseThatWasNotGiven_IsNoDrugInUse(string said, bool isTold)
    {
        var sample = Ward.Sample("labevents", "Sodium");
        sample = sample with { Input = sample.Input.Replace("Administered", said, StringComparison.Ordinal) };
        sample.Input.ShouldContain(said);
        var graph = Ward.Graph(sample, (Nimodipine, "Sodium", "NiMODipine > may cause > Hyponatremia > lowers > Sodium"));
        (_narrator.Tell(sample, graph) is not null).ShouldBe(isTold);
    }

    [Fact]
    public void Tell_ItemAndItsClass_QuotesTheItemOnce()
    {
        var sample = Ward.Sample("labevents", "Sodium");
        var graph = Ward.Graph(sample,
            (Lasix, "Sodium", "Furosemide > lowers > Sodium"),
            (Ward.Fact("loop diuretics", TermKind.DrugClass, "Loop diuretics", "medrecon", 0), "Sodium", "Loop diuretics > lowers > Sodium"));
        for (int variant = 0; variant < 4; variant++)
        {
            var extraction = new ChainReading(_narrator.Tell(sample, graph, variant)!.Chain).Extraction;
            extraction.Split("\"lasix\"").Length.ShouldBe(2, extraction);
            extraction.ShouldContain("the class \"loop diuretics\"");
        }
    }

    [Fact]
    public void Tell_ItemsWithoutAnEdge_AreNotNamed()
    {
        var (sample, graph) = All().First();
        var chain = _narrator.Tell(sample, graph)!.Chain;
        new ChainReading(chain).Items.ShouldBe(["NiMODipine"]);
        chain.ShouldNotContain("cetaminophen");
    }

    [Fact]
    public void Tell_Values_StandAsInTheInput()
    {
        var (sample, graph) = All().First(c => c.Sample.Task.Name == "diagnoses_icd");
        var chain = _narrator.Tell(sample, graph)!.Chain;
        chain.ShouldContain("\"Creatinine\" 2.1 mg/dL (above the reference range of 0.4 to 1.1)");
        chain.ShouldContain("\"Sodium\" 121.0 mEq/L (below the reference range of 133.0 to 145.0)");
        chain.ShouldContain("\"Foley\" 40.0 ml (urine volume)");
        // Its comment holds the mark between cells, so that nothing of its row can be told apart.
        chain.ShouldContain("\"Teardrop Cells\"");
        chain.ShouldNotContain("\"Teardrop Cells\" (flagged");
    }

    [Fact]
    public void Tell_SeveralFactsOfOneWay_AreJoined()
    {
        var (sample, graph) = All().First();
        var chain = new ChainReading(_narrator.Tell(sample, graph)!.Chain);
        chain.Reasoning.Split("ubarachnoid hemorrhage, which").Length.ShouldBeLessThanOrEqualTo(2);
        chain.Reasoning.ShouldContain("thunderclap headache");
    }

    [Fact]
    public void Tell_SameTwice_IsTheSame()
    {
        foreach (var (sample, graph) in All())
            new Narrator().Tell(sample, graph, 1)!.Chain.ShouldBe(_narrator.Tell(sample, graph, 1)!.Chain);
    }

    [Fact]
    public void Tell_Variants_Differ()
    {
        foreach (var (sample, graph) in All())
            Enumerable.Range(0, 4).Select(v => _narrator.Tell(sample, graph, v)!.Chain).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void Tell_OtherSeed_IsWordedOtherwise() =>
        All().Count(c => new Narrator(7).Tell(c.Sample, c.Graph)!.Chain != _narrator.Tell(c.Sample, c.Graph)!.Chain).ShouldBeGreaterThan(8);

    [Fact]
    public void Tell_FactCutFromTheInput_IsNotTold()
    {
        var (sample, graph) = All().First();
        int cut = sample.Input.IndexOf("## Radiology", StringComparison.Ordinal);
        var chain = _narrator.Tell(sample with { Input = sample.Input[cut..] }, graph)!.Chain;
        new ChainReading(chain).Cited.ShouldBe([("Radiology Examinations", "2150-03-10 10:00:00")]);
        chain.ShouldNotContain("headache");
        _narrator.Tell(sample with { Input = sample.Input[(cut + 10)..] }, graph).ShouldBeNull();
    }

    [Theory]
    [InlineData("is raised in", false)]
    [InlineData("is lowered in", true)]
    public void Tell_ValueAgainstTheRelation_IsLeftOut(string relation, bool isTold)
    {
        var sample = Ward.Sample("diagnoses_icd", "Gout");
        var graph = Ward.Graph(sample, (Sodium, "Gout", $"Sodium level > {relation} > Gout"));
        (_narrator.Tell(sample, graph) is not null).ShouldBe(isTold);
    }

    [Fact]
    public void Tell_ValueWithinItsRange_IsToldOnlyWhereNothingElseSpeaks()
    {
        var sample = Ward.Sample("diagnoses_icd", "Gout");
        var normal = (Potassium, "Gout", "Potassium level > is raised in > Gout");
        new ChainReading(_narrator.Tell(sample, Ward.Graph(sample, normal, (Lasix, "Gout", "Furosemide > may cause > Gout")))!.Chain).Reasoning.ShouldNotContain("otassium");
        new ChainReading(_narrator.Tell(sample, Ward.Graph(sample, normal))!.Chain).Reasoning.ShouldContain("otassium");
    }

    [Fact]
    public void Tell_FarWayBesideANearOne_IsLeftOut()
    {
        var sample = Ward.Sample("diagnoses_icd", "Gout");
        var graph = Ward.Graph(sample, (Pulse, "Gout", "Heart rate > is raised in > Shock > may lead to > Uremia > may cause > Gout"), (Lasix, "Gout", "Furosemide > may cause > Gout"));
        _narrator.Tell(sample, graph)!.Chain.ShouldNotContain("eart rate");
    }

    [Fact]
    public void Tell_ConceptThatANoteSpellsInItsOwnWords_IsQuotedAsItStandsThere()
    {
        var sample = Ward.Sample("medrecon", "spiriva");
        var fact = Ward.Fact("chronic obstructive pulmonary disease", TermKind.Note, "chronic obstructive pulmonary disease", "discharge", -700);
        var path = "chronic obstructive pulmonary disease > is treated by > Tiotropium";
        _narrator.Tell(sample, Ward.Graph(sample, (fact, "spiriva", path))).ShouldBeNull("The note does not say it so.");
        var graph = Ward.Graph(sample, (fact with { Spelling = "COPD" }, "spiriva", path));
        var chain = _narrator.Tell(sample, graph)!;
        chain.Chain.ShouldContain("\"COPD\" (chronic obstructive pulmonary disease)");
        new GroundingCheck().Check(sample, graph, ChainParser.Parse(chain)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Tell_ItemOfTwoConcepts_IsDerivedAndNamedOnce()
    {
        var sample = Ward.Sample("medrecon", "spiriva");
        var graph = Ward.Graph(sample, (Copd, "spiriva", "chronic obstructive pulmonary disease > is treated by > Tiotropium"), (Weight, "spiriva", "Weight > is lowered in > Cachexia > may result from > Spiriva inhaler"));
        graph.Targets.Select(t => t.Term).ShouldBe(["spiriva", "spiriva"]);
        var read = new ChainReading(_narrator.Tell(sample, graph)!.Chain);
        read.Items.ShouldBe(["spiriva"]);
        read.Reasoning.Split("spiriva (").Length.ShouldBe(2);
    }

    [Fact]
    public void Tell_MomentOfTheQuestionOrLater_IsNotTold()
    {
        var (sample, _) = All().First();
        sample = sample with { Row = sample.Row with { PredictionTime = Ward.At(12) } };
        var atOnce = Ward.Graph(sample, (Ordered, "NiMODipine", "NiMODipine"));
        var later = Ward.Graph(sample, (Nimodipine, "NiMODipine", "NiMODipine"));
        _narrator.Tell(sample, atOnce).ShouldBeNull("What the answer's own event says is the answer itself.");
        _narrator.Tell(sample, later).ShouldBeNull();
    }

    [Fact]
    public void Tell_TargetThatIsNoLabel_IsNotNamed()
    {
        var sample = Ward.Sample("emar", "Aspirin");
        _narrator.Tell(sample, Ward.Graph(sample, (Lasix, "Furosemide", "Furosemide"))).ShouldBeNull();
    }

    [Fact]
    public void Tell_GraphOfAnotherSample_IsRefused()
    {
        var cases = All().Take(2).ToList();
        Should.Throw<ArgumentException>(() => _narrator.Tell(cases[0].Sample, cases[1].Graph));
    }

    [Fact]
    public void Tell_Risk_IsRefused()
    {
        var sample = Ward.Sample("Inpatient_Mortality", "no");
        Should.Throw<EhrR1Exception>(() => _narrator.Tell(sample, Ward.Graph(sample, (Sepsis, "no", "Sepsis")))).Message.ShouldContain("Inpatient_Mortality");
        TaskCatalog.Tasks.Count(Narrator.CanTell).ShouldBe(26);
    }
}
