using CsCheck;
using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class PropertyTests
{
    private static readonly Gen<ChartProfile> _profiles = Gen.Bool.Select(strict => strict ? ChartProfile.Strict : ChartProfile.EhrBench);

    [Fact]
    public void Index_Decision_ContextEndsBeforeItsAnchor() => Gen.Select(ChartGen.Charts, _profiles).Sample((rows, profile) =>
    {
        var chart = rows.Build(profile);
        var builder = new SampleBuilder(profile);
        foreach (var row in rows.Index(profile).Where(r => r.Definition.Kind == TaskKind.Decision))
        {
            (row.ContextEnd ?? DateTime.MinValue).ShouldBeLessThanOrEqualTo(row.AnchorTime);
            var anchorItems = chart.Events.Last(e => e.Start == row.AnchorTime && e.Type.Name == row.Event && e.HadmId == row.HadmId);
            var items = builder.Build(chart, row).Items;
            items.ShouldAllBe(i => i.Item.Time == null || i.Item.Time <= row.AnchorTime || profile == ChartProfile.EhrBench);
            items.ShouldNotContain(i => i.Item.Table == anchorItems[0].Table && i.Item.Row >= anchorItems[0].Row && i.Part == SamplePart.Context);
        }
    }, iter: 40);

    [Fact]
    public void Build_Strict_HoldsNothingKnownLater() => ChartGen.Charts.Sample(rows =>
    {
        var chart = rows.Build(ChartProfile.Strict);
        var builder = new SampleBuilder(ChartProfile.Strict);
        foreach (var row in rows.Index(ChartProfile.Strict))
            LeakageAudit.HoldsLaterItem(builder.Build(chart, row)).ShouldBeFalse(row.Id);
    }, iter: 40);

    [Fact]
    public void Build_SamplesInAnyOrder_HaveTheTextOfABuilderOfTheirOwn() => Gen.Select(ChartGen.Charts, _profiles).Sample((rows, profile) =>
    {
        // A total that is known only at its end, and so changes the text of its event in the strict profile.
        var chart = rows.Add("inputevents", At(3), 1, null, At(3), ("item_name", "Saline"), ("amount", 500), ("endtime", At(30))).Build(profile);
        var index = new TaskIndexer(new TaskIndexOptions { Profile = profile }).Index(chart);
        var shared = new SampleBuilder(profile);
        foreach (var row in index.Concat(index.Reverse()))
        {
            var input = new System.Buffers.ArrayBufferWriter<char>();
            shared.WriteInput(input, chart, row);
            input.WrittenSpan.ToString().ShouldBe(new SampleBuilder(profile).Build(chart, row).Input);
        }
    }, iter: 40);

    [Fact]
    public void Index_Ids_AreUniqueAndFindTheirAnchor() => Gen.Select(ChartGen.Charts, _profiles, Gen.Bool).Sample((rows, profile, notes) =>
    {
        var index = rows.Index(profile, notes);
        var builder = new SampleBuilder(profile, null, notes);
        var chart = rows.Build(profile);

        index.Select(r => r.Id).Distinct().Count().ShouldBe(index.Count);
        foreach (var row in index)
            builder.Build(chart, row).Row.ShouldBe(row);
    }, iter: 40);

    [Fact]
    public void Index_EventsAddedElsewhere_LeaveIdsAsTheyWere() => Gen.Select(ChartGen.OneRow.Array[0, 40], _profiles).Sample((rows, profile) =>
    {
        // What comes a month later and belongs to another stay touches no identity, whatever it does to answers.
        var before = ChartGen.Make(rows).Index(profile).Select(r => r.Id).ToList();
        var after = ChartGen.Make(rows).Lab(800, hadm: 3).Order(801, hadm: 3).Index(profile).Select(r => r.Id).ToHashSet();

        before.ShouldAllBe(id => after.Contains(id));
    }, iter: 40);

    [Fact]
    public void Index_AnyChart_CountsItsWindowAsAPlainScanDoes() => Gen.Select(ChartGen.Charts, _profiles).Sample((rows, profile) =>
    {
        var chart = rows.Build(profile);
        foreach (var row in rows.Index(profile).Where(r => r.Definition.Kind == TaskKind.Decision && r.ContextEvents > 0))
        {
            var plain = PlainWindow(chart, row, profile);
            row.ContextEvents.ShouldBe(plain.Count, row.Id);
            row.ContextStart.ShouldBe(plain[0].Start);
            row.ContextEnd.ShouldBe(plain[^1].Start);
        }
    }, iter: 40);

    [Fact]
    public void Index_PermutedInput_IsTheSame() => Gen.Select(ChartGen.OneRow.Array[0, 40], Gen.Int).Sample((rows, seed) =>
    {
        // One row a moment and type, so that file order decides nothing.
        var distinct = rows.DistinctBy(r => (r.Type, r.Hour)).ToArray();
        var shuffled = distinct.ToArray();
        new Random(seed).Shuffle(shuffled);

        ChartGen.Make(shuffled).Index().Select(r => r.Id + r.Target + r.ContextEvents).ShouldBe(ChartGen.Make(distinct).Index().Select(r => r.Id + r.Target + r.ContextEvents));
    }, iter: 40);

    private static List<ClinicalEvent> PlainWindow(PatientChart chart, TaskIndexRow row, ChartProfile profile)
    {
        var timeline = new ChartTimeline(chart);

        // Several anchors can share start, type and stay; the plain scan takes each and one of them must have the row's id.
        foreach (var anchor in chart.Events.Where(e => e.Start == row.AnchorTime && e.Type.Name == row.Event && e.HadmId == row.HadmId))
        {
            var ordinal = chart.Events.Take(anchor.Position).Count(e => e.Start == anchor.Start && e.Type == anchor.Type && e.HadmId == anchor.HadmId && e.StayId == anchor.StayId);
            if (SampleId.Of(row.Task, chart.SubjectId, TaskAnchor.At(timeline, anchor.Position)!.Value, ordinal) != row.Id)
                continue;
            var before = chart.Events.Skip(1).Take(anchor.Position - 1).ToList();
            var own = before.Where(e => SameStay(e, anchor) && anchor.Start - e.Start < TimeSpan.FromHours(24)).ToList();
            return profile == ChartProfile.Strict ? own : [.. before.Skip(own[0].Position - 1)];
        }

        throw new InvalidOperationException("The row has no anchor.");
    }

    private static bool SameStay(ClinicalEvent one, ClinicalEvent other)
        => one.HadmId == other.HadmId && (one.HadmId is not null || one.StayId == other.StayId);
}
