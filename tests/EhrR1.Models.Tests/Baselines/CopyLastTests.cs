using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class CopyLastTests
{
    private static readonly DateTime _noon = new(2150, 3, 1, 12, 0, 0);
    private readonly BaselineModel _model = Baselines.Fit(Baselines.CopyLast,
    [
        new(new("1", "omr", ""), 1, "train", ["Weight"]),
        new(new("2", "Inpatient_Mortality", ""), 2, "train", ["no"]),
        new(new("3", "Inpatient_Mortality", ""), 3, "train", ["yes"]),
    ]);

    [Fact]
    public async Task Items_SeveralEventsOfTheType_AreThoseOfTheLast()
    {
        var text = Render(b => b
            .Add("labevents", _noon, 1, ("item_name", "Sodium"))
            .Add("transfers", _noon.AddHours(1), 1, ("careunit", "MICU"))
            .Add("labevents", _noon.AddHours(2), 1, ("item_name", "Lactate"), ("valuenum", 2.0))
            .Add("labevents", _noon.AddHours(2), 1, ("item_name", "Glucose"))
            .Add("labevents", _noon.AddHours(2), 1, ("item_name", "Lactate"), ("valuenum", 1.0)));
        (await Made.Items(_model, "labevents", text)).ShouldBe(["Lactate", "Glucose"]);
    }

    [Fact]
    public async Task Items_FirstTargetFieldEmpty_AreThoseOfTheNext()
    {
        var text = Render(b => b.Add("transfers", _noon, 1, ("eventtype", "discharge")));
        (await Made.Items(_model, "transfers", text)).ShouldBe(["discharge"]);
    }

    [Fact]
    public async Task Items_NextEvent_IsTheLastEventsType()
    {
        var text = Render(b => b.Add("transfers", _noon, 1, ("careunit", "MICU")).Add("poe", _noon.AddHours(1), 1, ("order_type", "Lab")));
        (await Made.Items(_model, "next_event", text)).ShouldBe(["poe"]);
    }

    [Fact]
    public async Task Items_NoSuchEventInInput_AreThePriors()
    {
        var text = Render(b => b.Add("transfers", _noon, 1, ("careunit", "MICU")));
        (await Made.Items(_model, "omr", text)).ShouldBe(["Weight"]);
    }

    [Fact]
    public async Task Risk_IsThePrior()
        => (await Made.Risk(_model, "Inpatient_Mortality", "")).ShouldNotBeNull().ShouldBe(0.5, 1e-12);

    private static string Render(Action<ChartBuilder> add)
    {
        var builder = new ChartBuilder(1).Patient();
        add(builder);
        return new ChartMarkdown(ChartProfile.EhrBench).Render(builder.Build().Events);
    }
}
