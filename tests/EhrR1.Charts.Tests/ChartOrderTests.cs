using CsCheck;

namespace EhrR1.Charts.Tests;

public sealed class ChartOrderTests
{
    private static readonly int _labs = EventCatalog.Get("labevents").Rank;
    private static readonly int _emar = EventCatalog.Get("emar").Rank;
    private static readonly int _vitals = EventCatalog.Get("vitalsign").Rank;
    private static readonly int _chart = EventCatalog.Get("chartevents").Rank;

    // Few values of each kind, so that ties, changes back and missing stays are common.
    private static readonly Gen<ChartRow[]> _rows = Gen.Select(Gen.Int[0, 29], Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 2])
        .Array[0, 60].Select(a => a.Select((t, i) => new ChartRow(t.Item1, i, t.Item1 == 0 ? 0 : t.Item2, t.Item3, t.Item4)).ToArray());

    private static readonly Gen<ChartProfile> _profile = Gen.Bool.Select(b => b ? ChartProfile.Strict : ChartProfile.EhrBench);

    [Fact]
    public void Arrange_AnyRows_EqualsThePlainDefinition()
        => Gen.Select(_rows, _profile).Sample((rows, profile) =>
        {
            var (plain, plainEvents) = PlainOrder(rows, profile);
            var (sorted, events, count) = Arrange(rows, profile);
            return sorted.SequenceEqual(plain) && events.SequenceEqual(plainEvents) && count == (plain.Length == 0 ? 0 : plainEvents[^1] + 1);
        });

    [Fact]
    public void Arrange_AnyPermutationOfTheRows_GivesTheSameChart()
        => Gen.Select(_rows, _profile, Gen.Int).Sample((rows, profile, seed) =>
        {
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);
            var (a, aEvents, _) = Arrange(rows, profile);
            var (b, bEvents, _) = Arrange(shuffled, profile);
            return a.SequenceEqual(b) && aEvents.SequenceEqual(bEvents);
        });

    [Fact]
    public void Arrange_Strict_NeverReachesAcrossTwoTimes()
        => _rows.Sample(rows =>
        {
            var (sorted, events, _) = Arrange(rows, ChartProfile.Strict);
            return sorted.Zip(events).GroupBy(p => p.Second).All(e => e.Select(p => p.First.Time).Distinct().Count() == 1);
        });

    [Fact]
    public void Arrange_NoRows_GivesNoEvents() => ChartOrder.Arrange([], [], ChartProfile.EhrBench).ShouldBe(0);

    [Fact]
    public void Arrange_Demographics_ComeFirstWhateverTheTimes()
        => Arrange([new(_labs, 0, -5, 0, 0), new(0, 0, 0, 0, 0)], ChartProfile.EhrBench).Rows[0].Rank.ShouldBe(0);

    [Fact]
    public void Arrange_SameTypeAtSeveralTimes_IsOneEventAsPublished()
        => Arrange([new(_labs, 0, 1, 7, 0), new(_labs, 1, 2, 7, 0)], ChartProfile.EhrBench).Count.ShouldBe(1);

    [Fact]
    public void Arrange_SameTypeAtSeveralTimes_IsSeveralEventsInStrict()
        => Arrange([new(_labs, 0, 1, 7, 0), new(_labs, 1, 1, 7, 0), new(_labs, 2, 2, 7, 0)], ChartProfile.Strict).Events.ShouldBe([0, 0, 1]);

    [Theory]
    [InlineData(7, 8)]
    [InlineData(7, 0)]
    [InlineData(0, 7)]
    public void Arrange_HospitalStayChangesOrGoesMissing_StartsAnEvent(long before, long after)
    {
        foreach (var profile in Enum.GetValues<ChartProfile>())
            Arrange([new(_labs, 0, 1, before, 0), new(_labs, 1, 1, after, 0)], profile).Count.ShouldBe(2);
    }

    [Fact]
    public void Arrange_AnotherTypeBetween_StartsAnEvent()
        => Arrange([new(_labs, 0, 1, 7, 0), new(_emar, 0, 2, 7, 0), new(_labs, 1, 3, 7, 0)], ChartProfile.EhrBench).Events.ShouldBe([0, 1, 2]);

    [Fact]
    public void Arrange_EdOrIcuStayChanges_StartsAnEvent()
    {
        foreach (var rank in new[] { _vitals, _chart })
            Arrange([new(rank, 0, 1, 7, 30), new(rank, 1, 1, 7, 31), new(rank, 2, 1, 7, 0)], ChartProfile.EhrBench).Events.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Arrange_StayOfAHospitalTable_IsOfNoImport()
        => Arrange([new(_labs, 0, 1, 7, 30), new(_labs, 1, 1, 7, 31)], ChartProfile.EhrBench).Count.ShouldBe(1);

    private static (ChartRow[] Rows, int[] Events, int Count) Arrange(ChartRow[] rows, ChartProfile profile)
    {
        var copy = rows.ToArray();
        var events = new int[rows.Length];
        var count = ChartOrder.Arrange(copy, events, profile);
        return (copy, events, count);
    }

    private static (ChartRow[] Rows, int[] Events) PlainOrder(ChartRow[] rows, ChartProfile profile)
    {
        var sorted = rows.Where(r => r.Rank == 0).OrderBy(r => r.Row)
            .Concat(rows.Where(r => r.Rank != 0).OrderBy(r => r.Time).ThenBy(r => r.Rank).ThenBy(r => r.Row)).ToArray();
        var events = new int[sorted.Length];
        var current = -1;
        (int, long, long, long)? last = null;
        for (var i = 0; i < sorted.Length; i++)
        {
            var r = sorted[i];
            var ofStay = EventCatalog.Types[r.Rank].Module is EventModule.Ed or EventModule.Icu;
            var key = (r.Rank, r.HadmId, ofStay ? r.StayId : 0, profile == ChartProfile.Strict ? r.Time : 0);
            if (last != key)
                current++;
            last = key;
            events[i] = current;
        }

        return (sorted, events);
    }
}
