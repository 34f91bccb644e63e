using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Tasks.Tests;

public sealed class DrawTests
{
    [Fact]
    public void Select_AnyOrderOfRows_IsTheSame() => Gen.Int[1, 200].Select(Gen.Int, Gen.Int[1, 60]).Sample((count, seed, cap) =>
    {
        var rows = Enumerable.Range(0, count).Select(i => WeightTests.Row("emar", $"s{i}", 1.0 / (1 + (i % 7)), "a")).ToArray();
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);

        var forward = Draw(rows, cap);
        var other = Draw(shuffled, cap);

        forward.Count.ShouldBe(Math.Min(count, cap));
        rows.Where(forward.Contains).Select(r => r.Id).ShouldBe(rows.Where(other.Contains).Select(r => r.Id));
    });

    /// <summary>The plain twin: all keys sorted, the first ones taken.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Select_ManyThreads_DrawsWhatSortingAllKeysWould(bool balance)
    {
        var options = new DrawOptions { PerTask = 50, Balance = balance, Seed = 9 };
        var rule = new DrawRule(options);
        var rows = Enumerable.Range(0, 3000).Select(i => WeightTests.Row(i % 2 == 0 ? "emar" : "Inpatient_Mortality", $"s{i}", 1.0 / (1 + (i % 7)), i % 18 == 1 ? "yes" : "no")).ToList();
        var draw = new SampleDraw(options);

        Parallel.ForEach(rows, draw.Offer);

        var plain = rows.GroupBy(r => (r.Task, IsYes: !balance || r.Labels[0] == "yes" || r.Task == "emar"))
            .SelectMany(g => g.OrderBy(r => rule.KeyOf(r).Key).Take(balance && g.Key.Task != "emar" ? 25 : 50)).ToHashSet();
        var drawn = draw.Select();
        drawn.Count.ShouldBe(plain.Count);
        rows.Where(drawn.Contains).ToHashSet().ShouldBe(plain, ignoreOrder: true);
    }

    [Fact]
    public void Contains_RowThatTheDrawLeavesOut_IsFalseWhateverItsKey()
    {
        var row = WeightTests.Row("emar", "s", 1, "a");
        var drawn = Draw([row], 5);
        drawn.Contains(row).ShouldBeTrue();
        drawn.Contains(row with { Task = "poe" }).ShouldBeFalse("Nothing of its task was offered.");
        drawn.Contains(row with { Split = SplitNames.Train }).ShouldBeFalse();
        drawn.Contains(row with { ContextEvents = 5 }).ShouldBeFalse();
    }

    [Fact]
    public void Select_DrawnByWeight_FavoursTheHeavy()
    {
        var rows = Enumerable.Range(0, 4000).Select(i => WeightTests.Row("emar", $"s{i}", i < 400 ? 1 : 1.0 / 9, "a")).ToList();

        var drawn = Draw(rows, 400);

        // Heavy rows are a tenth of all with half of the weight; without replacement a little less than half is drawn of them.
        rows.Take(400).Count(drawn.Contains).ShouldBeInRange(130, 220);
    }

    [Fact]
    public void Select_UniformTask_IgnoresWeight()
    {
        var rows = Enumerable.Range(0, 4000).Select(i => WeightTests.Row("labevents", $"s{i}", i < 400 ? 1 : 1e-6, "a")).ToList();

        var drawn = Draw(rows, 400);

        rows.Take(400).Count(drawn.Contains).ShouldBeInRange(15, 70);
    }

    [Fact]
    public void Select_OtherSeed_DrawsOthers()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => WeightTests.Row("labevents", $"s{i}", 1, "a")).ToList();

        Draw(rows, 100, seed: 1).Contains(rows[0]).ShouldBe(Draw(rows, 100, seed: 1).Contains(rows[0]));
        rows.Where(Draw(rows, 100, seed: 1).Contains).Select(r => r.Id).ShouldNotBe(rows.Where(Draw(rows, 100, seed: 2).Contains).Select(r => r.Id));
    }

    [Theory]
    [InlineData(300, 300, 250, 250)]
    [InlineData(40, 300, 40, 40)]
    [InlineData(300, 7, 7, 7)]
    [InlineData(0, 300, 0, 0)]
    public void Select_Balanced_HasAsManyYesAsNo(int yes, int no, int drawnYes, int drawnNo)
    {
        var rows = Enumerable.Range(0, yes + no).Select(i => WeightTests.Row("Inpatient_Mortality", $"s{i}", 1, i < yes ? "yes" : "no")).ToList();
        var draw = new SampleDraw(new DrawOptions { Balance = true });
        rows.ForEach(draw.Offer);

        var drawn = draw.Select();

        rows.Count(r => r.Labels[0] == "yes" && drawn.Contains(r)).ShouldBe(drawnYes);
        rows.Count(r => r.Labels[0] == "no" && drawn.Contains(r)).ShouldBe(drawnNo);
    }

    [Fact]
    public void Select_Tasks_AreCappedEach()
    {
        var rows = Enumerable.Range(0, 100).Select(i => WeightTests.Row(i % 2 == 0 ? "poe" : "omr", $"s{i}", 1, "a")).ToList();

        var drawn = Draw(rows, 10);

        rows.Count(r => r.Task == "poe" && drawn.Contains(r)).ShouldBe(10);
        rows.Count(r => r.Task == "omr" && drawn.Contains(r)).ShouldBe(10);
    }

    [Fact]
    public void Select_PublishedCaps_LeaveOutWhatIsInNoInstructionSet()
    {
        var draw = new SampleDraw(new DrawOptions { PerTask = null });
        draw.Offer(WeightTests.Row("discharge", "d", 1, "text"));
        draw.Offer(WeightTests.Row("poe", "p", 1, "a"));

        draw.Select().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Keeps_ContextEvents_MoreThan10FewerThan100(int events, bool kept)
        => new DrawFilter().Keeps(WeightTests.Row("a", "x") with { ContextEvents = events }).ShouldBe(kept);

    [Fact]
    public void Keeps_PatientWithMoreThan1200Events_OnlyInStrict()
    {
        var row = WeightTests.Row("a", "x") with { PatientEvents = 1201, ContextEvents = 500 };

        new DrawFilter().Keeps(row with { ContextEvents = 50 }).ShouldBeFalse();
        new DrawFilter().Keeps(row with { ContextEvents = 50, PatientEvents = 1200 }).ShouldBeTrue();
        DrawFilter.For(ChartProfile.Strict).Keeps(row).ShouldBeTrue();
        DrawFilter.For(ChartProfile.Strict).Keeps(row with { ContextEvents = 0 }).ShouldBeFalse();
    }

    [Fact]
    public void Keeps_CodedTask_OnlyWhereTheContextReachesTheAdmission()
    {
        var row = WeightTests.Row("procedures_icd", "a", 1, "x");

        new DrawFilter().Keeps(row).ShouldBeTrue();
        new DrawFilter().Keeps(row with { AdmissionTime = HandMade.Midnight }).ShouldBeTrue();
        new DrawFilter().Keeps(row with { AdmissionTime = HandMade.Midnight.AddSeconds(-1) }).ShouldBeFalse();
        new DrawFilter().Keeps(row with { Task = "poe", AdmissionTime = HandMade.Midnight.AddSeconds(-1) }).ShouldBeTrue();
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Keeps_ChartEvents_FewerThan10Labels(int labels, bool kept)
    {
        string[] names = [.. Enumerable.Range(0, labels).Select(i => $"l{i}")];

        new DrawFilter().Keeps(WeightTests.Row("chartevents", "a", 1, names)).ShouldBe(kept);
        new DrawFilter().Keeps(WeightTests.Row("labevents", "a", 1, names)).ShouldBeTrue();
    }

    [Fact]
    public void Of_Patients_AreSharedOutAndNeverMove()
    {
        var split = new PatientSplit { Seed = 5 };
        var places = Enumerable.Range(10_000_000, 20_000).Select(i => split.Of(i)).ToList();

        places.Count(p => p == SplitNames.Test).ShouldBeInRange(3400, 3800);
        places.Count(p => p == SplitNames.FewShot).ShouldBeInRange(330, 470);
        Enumerable.Range(10_000_000, 20_000).Select(i => (split with { }).Of(i)).ShouldBe(places);
        Enumerable.Range(10_000_000, 20_000).Select(i => (split with { Seed = 6 }).Of(i)).ShouldNotBe(places);
        split.Of(10_000_032).ShouldBe(new PatientSplit { Seed = 5 }.Of(10_000_032));
    }

    private static SampleSelection Draw(IEnumerable<TaskIndexRow> rows, int cap, long seed = 0)
    {
        var draw = new SampleDraw(new DrawOptions { PerTask = cap, Seed = seed });
        foreach (var row in rows)
            draw.Offer(row);
        return draw.Select();
    }
}
