using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class LeakageAuditTests
{
    [Fact]
    public void Add_PublishedSamples_CountsWhatIsReadEarly()
    {
        var chart = new ChartBuilder(1).Patient().Lab(1, "Lactate", stored: 9).Order(2, type: "Lab").Order(2, type: "Medications").Order(3, type: "Lab");

        var audit = Audit(chart, ChartProfile.EhrBench, "poe");

        // Published: the orders of hours 2 and 3 are one event whose labels hold the later one's too; strict has two.
        audit.Samples.ShouldBe(1);
        audit.WithLaterItem.ShouldBe(1);
        audit.WithLabelShown.ShouldBe(0);
        audit.LabelsChanged.ShouldBe(0);
        audit.OnlyHere.ShouldBe(0);
    }

    [Fact]
    public void Add_StrictSamples_HoldNothingLater()
    {
        var chart = new ChartBuilder(1).Patient().Lab(1, "Lactate", stored: 9).Order(2, type: "Lab").Lab(2.5).Order(3, type: "Lab");

        var audit = Audit(chart, ChartProfile.Strict, "poe");

        audit.Samples.ShouldBe(2);
        audit.WithLaterItem.ShouldBe(0);
        audit.WithLabelShown.ShouldBe(1);
    }

    [Fact]
    public void Add_EventThatRunsOn_ChangesItsLabelsInStrict()
    {
        var chart = new ChartBuilder(1).Patient().Lab(1).Order(2, type: "Lab").Order(3, type: "Medications");

        Audit(chart, ChartProfile.EhrBench, "poe").LabelsChanged.ShouldBe(1);
        Audit(chart, ChartProfile.Strict, "poe").LabelsChanged.ShouldBe(1);
        Audit(chart, ChartProfile.Strict, "poe").OnlyHere.ShouldBe(1);
    }

    [Theory]
    [InlineData("Lab", true)]
    [InlineData("Labs", false)]
    [InlineData("ab", false)]
    [InlineData("Lab (stat)", true)]
    [InlineData("lab", false)]
    public void ShowsLabel_Words_AreWhole(string label, bool shown)
    {
        var sample = new ChartBuilder(1).Patient().Order(1, type: "Lab (stat)").Lab(2, label).Sample("labevents");

        LeakageAudit.ShowsLabel(sample).ShouldBe(shown);
    }

    [Fact]
    public void Regroup_ThereAndBack_IsTheSameChart()
    {
        var rows = new ChartBuilder(1).Patient().Admission(0, 90).Lab(1).Lab(2).Lab(2, hadm: 2).Order(3).Order(3).Order(4).Intensive(5, 60, 3);
        var (published, strict) = (rows.Build(), rows.Build(ChartProfile.Strict));

        Text(ChartRegrouping.Regroup(published, ChartProfile.Strict)).ShouldBe(Text(strict));
        Text(ChartRegrouping.Regroup(strict, ChartProfile.EhrBench)).ShouldBe(Text(published));
        strict.Events.Count.ShouldBeGreaterThan(published.Events.Count);
    }

    private static TaskAudit Audit(ChartBuilder rows, ChartProfile profile, string task)
    {
        var chart = rows.Build(profile);
        var builder = new SampleBuilder(profile);
        var audit = new LeakageAudit(profile);
        audit.Add(chart, [.. rows.Index(task, profile).Select(r => builder.Build(chart, r))]);
        return audit.Result().Single();
    }

    private static string Text(PatientChart chart)
        => string.Join('\n', chart.Events.Select(e => $"{e.Position} {e} {e.HadmId} {e.StayId} {string.Join(',', e.Select(i => i.Time))}"));
}
