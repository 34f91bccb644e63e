using EhrR1.Scoring;

namespace EhrR1.Models.Tests;

public sealed class GradientBoostingTests
{
    private readonly BaselineModel _model = Baselines.Fit(Baselines.Gbm, Made.Samples(400));

    [Fact]
    public async Task Risk_SignalInTheInput_IsFound()
    {
        var test = Made.Samples(300, "test", seed: 2).Where(s => s.Question.Task == "Inpatient_Mortality").ToArray();
        var probabilities = await Task.WhenAll(test.Select(async s => (await Made.Risk(_model, s.Question.Task, s.Question.Text))!.Value));
        Auroc.Of(new BinaryOutcomes(probabilities, [.. test.Select(s => s.Labels[0] == "yes")])).ShouldBeGreaterThan(0.75);
    }

    [Fact]
    public async Task Risk_DrawRicherInYesThanTheSplit_IsBroughtToThePrevalence()
    {
        var samples = Made.Samples(400).Where(s => s.Question.Task == "Inpatient_Mortality").ToArray();
        var rare = Baselines.Fit(Baselines.Gbm, samples, new Dictionary<string, double>(StringComparer.Ordinal) { ["Inpatient_Mortality"] = 0.03 });
        var plain = Baselines.Fit(Baselines.Gbm, samples);
        var share = samples.Average(s => s.Labels[0] == "yes" ? 1.0 : 0);
        async Task<double> Mean(ILanguageModel model, double yesWeight, double noWeight)
        {
            var (sum, weights) = (0.0, 0.0);
            foreach (var sample in samples)
            {
                var weight = sample.Labels[0] == "yes" ? yesWeight : noWeight;
                sum += weight * (await Made.Risk(model, sample.Question.Task, sample.Question.Text))!.Value;
                weights += weight;
            }

            return sum / weights;
        }

        (await Mean(plain, 1, 1)).ShouldBe(share, 0.02);
        (await Mean(rare, 0.03 / share, 0.97 / (1 - share))).ShouldBe(0.03, 0.01);
    }

    [Fact]
    public async Task Items_SignalInTheInput_BeatThePrior()
    {
        var prior = Baselines.Fit(Baselines.Prior, Made.Samples(400));
        var test = Made.Samples(200, "test", seed: 3).Where(s => s.Question.Task == "prescriptions").ToArray();
        async Task<double> F1(ILanguageModel model)
            => (await Task.WhenAll(test.Select(async s => SetScore.Of(string.Join('\n', await Made.Items(model, "prescriptions", s.Question.Text)), s.Labels).F1))).Average();
        (await F1(_model)).ShouldBeGreaterThan(await F1(prior) + 0.1);
        (await Made.Items(_model, "prescriptions", Made.Input)).ShouldContain("Furosemide");
    }

    [Fact]
    public async Task Answer_TooFewSamplesForTrees_IsThePriors()
    {
        var few = Baselines.Fit(Baselines.Gbm, Made.Samples(6));
        ((GradientBoostingModel)few).TasksWithTrees.ShouldBeEmpty();
        var prior = Baselines.Fit(Baselines.Prior, Made.Samples(6));
        (await Made.Items(few, "prescriptions", Made.Input)).ShouldBe(await Made.Items(prior, "prescriptions", Made.Input));
        (await Made.Risk(few, "Inpatient_Mortality", Made.Input)).ShouldBe(await Made.Risk(prior, "Inpatient_Mortality", Made.Input));
    }

    [Fact]
    public void Fit_SamplesInAnyOrderOnAnyThreads_GivesTheSameBytes()
    {
        var expected = Made.BytesOf(_model);
        foreach (var threads in new[] { 1, 2, 5 })
        {
            var shuffled = Made.Samples(400).ToArray();
            new Random(threads).Shuffle(shuffled);
            Made.BytesOf(Baselines.Fit(Baselines.Gbm, shuffled, options: new() { Threads = threads })).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Load_SavedModel_AnswersTheSame()
    {
        var folder = Directory.CreateTempSubdirectory("ehr-r1-");
        _model.Save(folder.FullName);
        var loaded = Baselines.Load(Baselines.Gbm, folder.FullName);
        foreach (var sample in Made.Samples(20, "test", seed: 4))
        {
            (await Made.Risk(loaded, "Inpatient_Mortality", sample.Question.Text)).ShouldBe(await Made.Risk(_model, "Inpatient_Mortality", sample.Question.Text));
            (await Made.Items(loaded, "prescriptions", sample.Question.Text)).ShouldBe(await Made.Items(_model, "prescriptions", sample.Question.Text));
        }

        Made.BytesOf(loaded).ShouldBe(Made.BytesOf(_model));
        folder.Delete(recursive: true);
    }
}
