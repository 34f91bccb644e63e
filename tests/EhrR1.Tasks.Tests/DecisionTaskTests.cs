using EhrR1.Charts;

namespace EhrR1.Tasks.Tests;

/// <summary>Every decision task: one positive, one negative, one edge in time.</summary>
public sealed class DecisionTaskTests
{
    public static TheoryData<string> Tasks => [.. TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Decision).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Index_AnchorWithLabels_GivesTheirDistinctTrimmedValuesInOrder(string task)
    {
        var row = Chart(task, before: 1, " first ", "second", "first").Index(task)[^1];

        row.Labels.ShouldBe(Expected(task));
        row.AnchorTime.ShouldBe(HandMade.At(100));
        row.PredictionTime.ShouldBe(HandMade.At(100));
        row.Target.ShouldStartWith("[");
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Index_AnchorWithoutLabels_GivesNoSample(string task)
    {
        var rows = Chart(task, before: 1, null, "  ").Index(task);

        // The event type is always there to be named: next_event has a label whatever the fields hold.
        rows.Count.ShouldBe(task == "next_event" ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Index_OnlyEventBeforeIs24HoursOld_GivesNoSample(string task)
    {
        Chart(task, before: 24, "a").Index(task).ShouldBeEmpty();
        Chart(task, before: 24 - (1.0 / 3600), "a").Index(task).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Index_OnlyEventBeforeIsOfAnotherStay_GivesNoSample(string task)
        => Chart(task, before: 1, hadmBefore: 2, "a").Index(task).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Index_Strict_HasTheSameLabels(string task)
        => Chart(task, before: 1, " first ", "second", "first").Index(task, ChartProfile.Strict)[^1].Labels.ShouldBe(Expected(task));

    [Fact]
    public void Index_TransferWithoutCareUnit_IsNamedByItsKind()
        => new ChartBuilder(1).Patient().Lab(99)
            .Add("transfers", HandMade.At(100), 1, ("eventtype", "discharge"))
            .Add("transfers", HandMade.At(100), 1, ("eventtype", "admit"), ("careunit", "Medicine"))
            .Index("transfers")[0].Labels.ShouldBe(["discharge", "Medicine"]);

    [Fact]
    public void Index_SeveralExamNames_AreLabelsOfTheirOwn()
        => new ChartBuilder(1).Patient().Lab(99)
            .Add("radiology", HandMade.At(100), 1, ("exam_name", """["CHEST (PA & LAT)", "CT HEAD"]"""))
            .Add("radiology", HandMade.At(100), 1, ("exam_name", """["CT HEAD", "RENAL U.S."]"""))
            .Index("radiology")[0].Labels.ShouldBe(["CHEST (PA & LAT)", "CT HEAD", "RENAL U.S."]);

    private static ChartBuilder Chart(string task, double before, params string?[] values) => Chart(task, before, 1, values);

    private static ChartBuilder Chart(string task, double before, long hadmBefore, params string?[] values)
    {
        var definition = TaskCatalog.Get(task);
        var type = EventCatalog.Get(definition.AnchorEvent ?? "omr");
        var chart = new ChartBuilder(1).Patient().Add(type.Name == "services" ? "poe" : "services", HandMade.At(100 - before), hadmBefore, (type.Name == "services" ? "order_type" : "curr_service", "MED"));
        foreach (var value in values)
        {
            var text = type.Name == "radiology" && value is not null ? $"[\"{value}\"]" : value;
            chart.Add(type.Name, HandMade.At(100), 1, (definition.TargetFields.Count > 0 ? definition.TargetFields[0] : "result_name", text));
        }

        return chart;
    }

    private static string[] Expected(string task) => task == "next_event" ? ["omr"] : ["first", "second"];
}
