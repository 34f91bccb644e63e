using EhrR1.Charts;

namespace EhrR1.Knowledge.Tests;

public sealed class LinkCoverageTests
{
    private static readonly EventType _drugs = EventCatalog.Get("prescriptions");
    private static readonly EventType _labs = EventCatalog.Get("labevents");

    [Fact]
    public void Fields_CountedRows_AreByFieldWayAndMiss()
    {
        var coverage = new LinkCoverage();
        coverage.Add(_drugs, _drugs["drug"], "Furosemide", LinkWay.Exact, LinkWay.Exact, 3);
        coverage.Add(_drugs, _drugs["drug"], "Unknown", null, null);
        coverage.Add(_drugs, _drugs["drug"], "Unknown", LinkWay.Ancestor, null);
        coverage.Add(_drugs, _drugs["drug"], "Bag", null, null, 5);
        coverage.Add(_labs, _labs["item_name"], "pH", LinkWay.Code, LinkWay.Exact, 10);

        var fields = coverage.Fields();

        fields.Select(f => (f.EventType, f.Field, f.Rows, f.Terms)).ShouldBe([("labevents", "item_name", 10, 1), ("prescriptions", "drug", 10, 3), ("all", "", 20, 4)]);
        var drugs = fields[1];
        drugs.RowsLinked.ShouldBe(4);
        drugs.RowsLinkedByText.ShouldBe(3);
        drugs.RowsByWay[LinkWay.Exact].ShouldBe(3);
        drugs.RowsByWay[LinkWay.Ancestor].ShouldBe(1);
        drugs.TermsLinked.ShouldBe(2);
        drugs.TermsLinkedByText.ShouldBe(1);
        drugs.Misses.ShouldBe([new MissedTerm("Bag", 5), new MissedTerm("Unknown", 1)]);
        fields[2].Misses[0].ShouldBe(new MissedTerm("prescriptions: Bag", 5));
        coverage.ToMarkdown().ShouldContain("| prescriptions | drug | 10 | 3 | 40.0 % | 30.0 % | 30.0 % | 0.0 % | 0.0 % | 10.0 % | 0.0 % | 66.7 % |");
    }

    [Fact]
    public void Add_OtherCoverage_IsTheSameInAnyOrder()
    {
        LinkCoverage One(int from)
        {
            var coverage = new LinkCoverage();
            for (int i = from; i < 60; i += 3)
                coverage.Add(i % 2 == 0 ? _drugs : _labs, i % 2 == 0 ? _drugs["drug"] : _labs["item_name"], $"term {i % 7}", i % 5 == 0 ? null : (LinkWay)(i % 4), null, i);
            return coverage;
        }

        var forwards = new LinkCoverage();
        var backwards = new LinkCoverage();
        for (int i = 0; i < 3; i++)
        {
            forwards.Add(One(i));
            backwards.Add(One(2 - i));
        }

        System.Text.Json.JsonSerializer.Serialize(backwards.Fields()).ShouldBe(System.Text.Json.JsonSerializer.Serialize(forwards.Fields()));
        backwards.ToMarkdown().ShouldBe(forwards.ToMarkdown());
        forwards.Fields()[^1].Rows.ShouldBe(Enumerable.Range(0, 60).Sum());
    }
}
