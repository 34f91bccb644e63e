using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class WeightTests
{
    [Fact]
    public void WeightOf_Sample_IsOneOverTheMeanFrequencyOfItsLabels()
    {
        var counts = new LabelCounts();
        var rows = new[] { Row("a", "x"), Row("b", "x", "y"), Row("c", "x", "z"), Row("d", "y") };
        foreach (var row in rows)
            counts.Add(row);

        counts.Of("labevents", "x").ShouldBe(3);
        counts.WeightOf(rows[0]).ShouldBe(1.0 / 3);
        counts.WeightOf(rows[1]).ShouldBe(1 / 2.5);
        counts.WeightOf(rows[2]).ShouldBe(1.0 / 2);
        counts.VocabularyOf("labevents").Select(l => l.Key).ShouldBe(["x", "y", "z"]);
    }

    [Fact]
    public void WeightOf_FreeText_IsOne()
    {
        var row = new ChartBuilder(1).Patient().Lab(1).Note(2).Index("discharge").Single();
        var counts = new LabelCounts();
        counts.Add(row);

        counts.WeightOf(row).ShouldBe(1);
        counts.VocabularyOf("discharge").ShouldBeEmpty();
    }

    [Fact]
    public void Add_CountsOfShards_AreThoseOfTheWhole()
    {
        var (one, other, whole) = (new LabelCounts(), new LabelCounts(), new LabelCounts());
        one.Add(Row("a", "x"));
        other.Add(Row("b", "x", "y"));
        whole.Add(Row("a", "x"));
        whole.Add(Row("b", "x", "y"));
        one.Add(other);

        one.VocabularyOf("labevents").ShouldBe(whole.VocabularyOf("labevents"));
    }

    internal static TaskIndexRow Row(string id, params string[] labels) => Row("labevents", id, 1, labels);

    internal static TaskIndexRow Row(string task, string id, double weight, params string[] labels) => new()
    {
        Id = id,
        SubjectId = 1,
        Task = task,
        Event = task,
        AnchorTime = Midnight,
        PredictionTime = Midnight,
        ContextStart = Midnight,
        ContextEnd = Midnight,
        ContextEvents = 50,
        Labels = labels,
        Weight = weight,
        Split = SplitNames.Test,
        PatientEvents = 100,
    };
}
