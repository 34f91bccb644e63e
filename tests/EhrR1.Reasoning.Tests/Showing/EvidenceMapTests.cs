using EhrR1.Reasoning.Tests.Synthesis;

namespace EhrR1.Reasoning.Tests.Showing;

/// <summary>Where the record has what a chain cites.</summary>
public sealed class EvidenceMapTests
{
    private static readonly GroundingCheck _check = new(GroundedCase.Vocabulary);

    [Fact]
    public void Of_TrueChains_FindsEveryNumberAndTimeInTheRecord()
    {
        int numbers = 0;
        for (int number = 0; number < 60; number++)
        {
            var (sample, graph) = GroundedCase.Make(number);
            var chain = TrueChain.Write(sample, graph, number);
            var evidence = Map(sample, graph, chain.Text);
            evidence.ShouldAllBe(e => e.Status == EvidenceStatus.Found && e.Where != null);
            foreach (var place in chain.Places.Where(p => p.Kind is PlaceKind.Number or PlaceKind.Time))
            {
                var own = evidence.FirstOrDefault(e => e.Span.Holds(place.Span)).ShouldNotBeNull($"{number}: {place.Span.Of(chain.Text)}");
                var line = sample.Input.Split('\n')[RecordExcerpt.LineAt(sample.Input, own.Where!.Value) - 1];
                line.ShouldContain(place.Kind == PlaceKind.Time ? place.Span.Of(chain.Text).ToString() : place.Span.Of(chain.Text).ToString().TrimEnd('0').TrimEnd('.'));
                numbers += place.Kind == PlaceKind.Number ? 1 : 0;
            }
        }

        numbers.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Of_ChangedNumber_ShowsTheLineThatSaysOtherwise()
    {
        var (sample, graph) = GroundedCase.Make(3);
        var chain = TrueChain.Write(sample, graph, 3);
        var place = chain.Places.First(p => p.Kind == PlaceKind.Number && p.Event == "labevents");
        var text = chain.Text.Remove(place.Span.Start, place.Span.Length).Insert(place.Span.Start, "987.6");

        var evidence = Map(sample, graph, text).Single(e => e.Status != EvidenceStatus.Found);

        evidence.Span.Of(text).ToString().ShouldBe("987.6");
        evidence.Status.ShouldBe(EvidenceStatus.Contradicted);
        evidence.Where!.Value.Of(sample.Input).ToString().ShouldContain(place.Span.Of(chain.Text).ToString().TrimEnd('0').TrimEnd('.'));
        evidence.Note.ShouldBe("the record has another value");
    }

    [Theory]
    [InlineData("[2150-03-10 04:00:00]**: lasix", "[2150-03-10 04:01:00]**: lasix", EvidenceStatus.Contradicted, "2150-03-10 04:01:00")]
    [InlineData("**Medrecon [2150-03-10 04:00:00]**", "**Vitalsign [2150-03-10 04:00:00]**", EvidenceStatus.NotFound, "Vitalsign")]
    [InlineData(": lasix.", ": \"zantac\".", EvidenceStatus.NotFound, "zantac")]
    [InlineData(": lasix.", ": \"Sodium\".", EvidenceStatus.Elsewhere, "Sodium")]
    [InlineData("Results\nDigoxin", "Results\nDigoxin\nAspirin", EvidenceStatus.Unsound, "Aspirin")]
    public void Of_OneThingWrong_HasItsOwnStatus(string right, string wrong, EvidenceStatus status, string said)
    {
        using var workspace = new TaughtWorkspace(1);
        var taught = TaughtSamples.Read(workspace.Workspace, workspace.Workspace.PathOf("graphs"), "train").Single();
        var text = TaughtWorkspace.Good.Replace(right, wrong, StringComparison.Ordinal);

        var evidence = Map(taught.Sample, taught.Graph!, text);

        var one = evidence.Single(e => e.Status != EvidenceStatus.Found);
        one.Status.ShouldBe(status);
        one.Span.Of(text).ToString().ShouldContain(said);
        for (int i = 1; i < evidence.Count; i++)
            evidence[i].Span.Start.ShouldBeGreaterThanOrEqualTo(evidence[i - 1].Span.End);
    }

    [Fact]
    public void Of_LongRecord_ShowsWhatIsCitedAndNamesWhatIsNot()
    {
        var input = string.Join("\n\n", Enumerable.Range(0, 30).Select(i => $"## Triage [2150-03-10 {i % 24:00}:00:0{i / 24}]\n- Pain: {i}\n- Acuity: 3"));
        int at = input.IndexOf("- Pain: 17", StringComparison.Ordinal);
        Evidence[] evidence = [new(new TextSpan(0, 1), EvidenceStatus.Found, new TextSpan(at, 10), "")];

        var lines = RecordExcerpt.Of(input, evidence, isFull: false);

        lines.Where(l => !l.IsGap).Select(l => l.Text).ShouldBe(["## Triage [2150-03-10 17:00:00]", "- Pain: 17", "- Acuity: 3"]);
        lines.Where(l => !l.IsGap).ShouldAllBe(l => input.Split('\n')[l.Number - 1] == l.Text);
        lines[0].Text.ShouldBe("… 68 lines: Triage");
        RecordExcerpt.Of(input, evidence, isFull: true).Select(l => l.Text).ShouldBe(input.Split('\n'));
    }

    private static IReadOnlyList<Evidence> Map(Tasks.Sample sample, Knowledge.ThinkingGraph graph, string text)
    {
        var parsed = ChainParser.Parse(text, ChainTemplates.Get("with-knowledge"));
        return EvidenceMap.Of(sample, parsed, _check.Check(sample, graph, parsed).Faults);
    }
}
