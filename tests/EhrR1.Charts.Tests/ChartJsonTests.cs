using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EhrR1.Charts.Tests;

public sealed class ChartJsonTests
{
    private static readonly DateTime _noon = new(2150, 3, 1, 12, 0, 0);

    [Fact]
    public void Write_EveryEventType_IsValidAndHasEveryColumn()
    {
        var chart = EveryEventType.WithSeveralItems(ChartProfile.EhrBench);
        var json = Write(chart);
        ((long)json["subject_id"]!).ShouldBe(10);
        var events = json["events"]!.AsArray();
        events.Count.ShouldBe(30);
        foreach (var e in events)
        {
            var type = EventCatalog.Get((string)e!["event"]!);
            foreach (var item in e["items"]!.AsArray())
                item!.AsObject().Select(p => p.Key).ShouldBe(["time", "visible_from", .. type.Columns.Select(c => c.Column)]);
        }
    }

    [Fact]
    public void Write_ValuesOfEachKind_KeepTheirKind()
    {
        var item = Item(new ChartBuilder(1).Add("radiology", _noon, 20, null, _noon.AddHours(1), ("note_type", "RR"), ("exam_name", "[\"A\",\"B \\\"C\\\"\"]"), ("text", "a \"b\"\n|"), ("storetime", _noon)).Build());
        item["exam_name"]!.AsArray().Select(n => (string)n!).ShouldBe(["A", "B \"C\""]);
        ((string)item["text"]!).ShouldBe("a \"b\"\n|");
        ((string)item["storetime"]!).ShouldBe("2150-03-01 12:00:00");
        ((string)item["visible_from"]!).ShouldBe("2150-03-01 13:00:00");
        item["note_id"].ShouldBeNull();
        var lab = Item(new ChartBuilder(1).Add("labevents", _noon, 20, ("valuenum", 3.9), ("itemid", 50971L), ("ref_range_upper", double.PositiveInfinity)).Build());
        ((double)lab["valuenum"]!).ShouldBe(3.9);
        ((long)lab["itemid"]!).ShouldBe(50971);
        ((string)lab["ref_range_upper"]!).ShouldBe("inf");
        lab["ref_range_lower"].ShouldBeNull();
    }

    [Fact]
    public void Write_SomeEvents_LeavesTheOthersOut()
        => Write(EveryEventType.WithOneItem(ChartProfile.EhrBench), chart => chart.Events.Take(2))["events"]!.AsArray().Select(e => (int)e!["position"]!).ShouldBe([0, 1]);

    [Fact]
    public void Write_Demographics_HaveNoTimeAndNoStay()
    {
        var e = Write(new ChartBuilder(1).Patient().Build())["events"]![0]!;
        foreach (var name in new[] { "start", "end", "hadm_id", "stay_id" })
            e.AsObject().TryGetPropertyValue(name, out var value).ShouldBe(value is null);
    }

    private static JsonObject Item(PatientChart chart) => Write(chart)["events"]![0]!["items"]![0]!.AsObject();

    private static JsonNode Write(PatientChart chart, Func<PatientChart, IEnumerable<ClinicalEvent>>? events = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            ChartJson.Write(writer, chart, events?.Invoke(chart));
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }
}
