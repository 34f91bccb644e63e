using CsCheck;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Models.Tests;

public sealed class PriorTests
{
    private static readonly string[] _vocabulary = ["a", "B", "c", "D", "e", "f", "g", "h"];

    [Fact]
    public void Fit_AnyTrainingSamples_ChoosesTheCountWithTheBestMeanF1()
    {
        // The plain twin: score every prefix of the labels with the scorer itself.
        var answers = Gen.Select(Gen.Int[0, 255], Gen.Int[1, 255]).Select((a, b) => (IReadOnlyList<string>)[.. _vocabulary.Where((_, i) => (((a & b) | (1 << (b % 8))) >> i & 1) == 1)]);
        answers.List[1, 30].Sample(list =>
        {
            var prior = PriorFit.Fit(TaskCatalog.Get("labevents"), list, null, 100)!;
            var labels = PriorFit.MostFrequent(list).Select(l => l.Label).ToArray();
            double F1(int k) => list.Average(truth => SetScore.Of(string.Join('\n', labels.Take(k)), truth).F1);
            var best = Enumerable.Range(1, labels.Length).Max(F1);
            prior.TrainingF1!.Value.ShouldBe(best, 1e-12);
            F1(prior.Labels.Count).ShouldBe(best, 1e-12);
            prior.Labels.Select(l => l.Label).ShouldBe(labels.Take(prior.Labels.Count));
        });
    }

    [Fact]
    public async Task Items_AnyInput_AreTheMostFrequentOfTraining()
    {
        var samples = new[] { ("Sodium", "Potassium"), ("sodium", "Potassium"), ("Sodium", "Glucose") }
            .Select((l, i) => new TrainingSample(new($"{i}", "labevents", ""), i, "train", [l.Item1, l.Item2]));
        var prior = Baselines.Fit(Baselines.Prior, samples);
        (await Made.Items(prior, "labevents", "anything")).ShouldBe(["Sodium", "Potassium"]);
    }

    [Fact]
    public async Task Risk_WithPrevalenceOfTheSplit_GivesItRatherThanThatOfTheDraw()
    {
        var drawn = Made.Samples(20).Where(s => s.Question.Task == "Inpatient_Mortality").ToArray();
        var known = Baselines.Fit(Baselines.Prior, drawn, new Dictionary<string, double>(StringComparer.Ordinal) { ["Inpatient_Mortality"] = 0.02 });
        (await Made.Risk(known, "Inpatient_Mortality", "")).ShouldNotBeNull().ShouldBe(0.02, 1e-12);
        var unknown = Baselines.Fit(Baselines.Prior, drawn);
        (await Made.Risk(unknown, "Inpatient_Mortality", "")).ShouldNotBeNull().ShouldBe(drawn.Count(s => s.Labels[0] == "yes") / 20.0, 1e-12);
    }

    [Fact]
    public async Task Risk_OneOutcomeOnly_IsNotCertain()
    {
        var model = Baselines.Fit(Baselines.Prior, [new(new("1", "ICU_Readmission", ""), 1, "train", ["no"])]);
        (await Made.Risk(model, "ICU_Readmission", "")).ShouldNotBeNull().ShouldBeInRange(0.01, 0.49);
    }

    [Fact]
    public async Task Answer_TaskWithoutTraining_IsDeclined()
    {
        var model = Baselines.Fit(Baselines.Prior, Made.Samples(5));
        (await Made.Risk(model, "ICU_Readmission", "")).ShouldBeNull();
        var response = await model.GenerateAsync(new() { Prompt = ModelPrompt.Of(new("x", "omr", "")) }, TestContext.Current.CancellationToken);
        response.Completions.Single().ShouldBe(new Completion("", FinishReason.NotAnswered));
    }

    [Fact]
    public void Fit_SampleOfAnotherSplit_IsRefused()
    {
        foreach (var name in Baselines.Names)
            Should.Throw<InvalidOperationException>(() => Baselines.Fit(name, Made.Samples(30).Concat(Made.Samples(1, "test")))).Message.ShouldContain("test");
    }
}
