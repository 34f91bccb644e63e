using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class PublishedAgainstStrictTests
{
    [Fact]
    public void Result_OnePatient_CountsEachPoint()
    {
        var chart = new ChartBuilder(1).Patient(anchorYear: 2140, dod: At(24 * 400)).Emergency(-6, -1, 9, 1).Vitals(-5, 9, 1).Order(-2).Admission(0, 20)
            .Lab(1, stored: 6).Order(2, type: "Lab").Order(4).Add("hcpcsevents", At(4.5), 1, ("hcpcs_cd", "1"))
            .Add("pharmacy", At(5), 1, ("medication", "NA"), ("status", "Expired")).Order(5.5).Note(12, visible: 20)
            .Add("diagnoses_icd", At(13), 1, ("diagnoses", "Sepsis")).Order(14).Admission(21, 60, hadm: 2).Lab(22, hadm: 2);
        var count = new PublishedAgainstStrict(hasDischargeNotes: true);
        count.Add(chart.Build());

        var found = count.Result().ToDictionary(d => d.Key);

        found.Keys.Count().ShouldBe(25);
        found["own-codes"].Counts[0].Count.ShouldBeGreaterThan(0);
        found["diagnoses-in-their-stay"].Counts[0].Count.ShouldBe(1);
        found["empty-places"].Counts[0].Count.ShouldBeGreaterThan(0);
        found["stays-in-one-event"].Counts[0].Count.ShouldBe(0);
        found["text-stays-text"].Counts[0].Count.ShouldBe(1);
        found["ended-stays"].Counts[0].ShouldBe(new DepartureCount(found["ended-stays"].Counts[0].What, 3, 6));
        found["one-time-events"].Counts[0].Count.ShouldBe(1);
        found["one-time-events"].Counts[3].Count.ShouldBe(1);
        found["ed-records-only"].Counts[0].ShouldBe(new DepartureCount(found["ed-records-only"].Counts[0].What, 5, 5));
        found["readmission"].Counts[0].Count.ShouldBe(2);
        found["age-at-event"].Counts[0].Count.ShouldBe(found["age-at-event"].Counts[0].Of);
        found["visible-from"].Counts[0].Count.ShouldBeGreaterThan(0);
        found["final-status"].Counts[0].Count.ShouldBeGreaterThan(0);
        found["no-cap"].Counts[0].ShouldBe(new DepartureCount("patients over the limit", 0, 1));
    }

    [Fact]
    public void Result_ChartOfEitherProfile_IsTheSame()
    {
        var rows = new ChartBuilder(1).Patient().Admission(0, 90).Lab(1, stored: 6).Order(2, type: "Lab").Order(4).Lab(5);
        var (one, other) = (new PublishedAgainstStrict(true), new PublishedAgainstStrict(true));
        one.Add(rows.Build());
        other.Add(rows.Build(ChartProfile.Strict));

        DepartureMarkdown.Render(one.Result(), "x").ShouldBe(DepartureMarkdown.Render(other.Result(), "x"));
    }

    [Fact]
    public void Render_Departures_AreTwoTables()
    {
        Departure[] departures =
        [
            new("a", "both", "Point A.", "Why A.", [new DepartureCount("samples", 5, 2000)]),
            new("b", "strict", "Point B.", "Why B.", [new DepartureCount("events", 1234, 0), new DepartureCount("samples", 0, 10)]),
        ];

        Snapshot.ShouldMatch(DepartureMarkdown.Page(departures, "the demo", "ehr-r1 x"), "Departures.expected.md");
    }
}
