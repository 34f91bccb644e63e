namespace EhrR1.Scoring.Tests;

public sealed class PatientBootstrapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Run_AnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        BinaryOutcomes outcomes = Simulated.Risk(400, 90, seed: 3);
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        IPreparedMetric[] metrics = [Auroc.Prepare(outcomes, patients), AveragePrecision.Prepare(outcomes, patients), Brier.Prepare(outcomes, patients)];
        IReadOnlyList<ScoreDraws> expected = PatientBootstrap.Run(metrics, patients, new() { Replicates = 300, Seed = 11, Threads = 3 }, TestContext.Current.CancellationToken);
        IReadOnlyList<ScoreDraws> actual = PatientBootstrap.Run(metrics, patients, new() { Replicates = 300, Seed = 11, Threads = threads }, TestContext.Current.CancellationToken);
        for (int m = 0; m < metrics.Length; m++) actual[m].Draws.SequenceEqual(expected[m].Draws).ShouldBeTrue();
    }

    [Fact]
    public void Run_SamplesInAnotherOrder_GivesTheSameDraws()
    {
        BinaryOutcomes outcomes = Simulated.Risk(200, 50, seed: 4);
        var reversed = new BinaryOutcomes(
            [.. outcomes.Probabilities.Reverse()], [.. outcomes.Labels.Reverse()], null, [.. outcomes.Patients.Reverse()]);
        ScoreDraws[] runs = [.. new[] { outcomes, reversed }.Select(o =>
        {
            PatientIndex patients = PatientIndex.Of(o.Patients);
            return PatientBootstrap.Run([Auroc.Prepare(o, patients)], patients)[0];
        })];
        runs[1].Draws.SequenceEqual(runs[0].Draws).ShouldBeTrue();
    }

    [Fact]
    public void Run_AnotherSeed_GivesOtherDrawsButTheSameValue()
    {
        BinaryOutcomes outcomes = Simulated.Risk(200, 50, seed: 4);
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        ScoreDraws one = PatientBootstrap.Run([Auroc.Prepare(outcomes, patients)], patients, new() { Seed = 1 }, TestContext.Current.CancellationToken)[0];
        ScoreDraws two = PatientBootstrap.Run([Auroc.Prepare(outcomes, patients)], patients, new() { Seed = 2 }, TestContext.Current.CancellationToken)[0];
        two.Value.ShouldBe(one.Value);
        two.Draws.SequenceEqual(one.Draws).ShouldBeFalse();
    }

    [Fact]
    public void Draw_AnyReplicate_DrawsAsManyPatientsAsThereAre()
    {
        var counts = new int[500];
        var total = new long[500];
        for (int replicate = 0; replicate < 2000; replicate++)
        {
            PatientBootstrap.Draw(counts, 5, replicate);
            counts.Sum().ShouldBe(500);
            for (int i = 0; i < counts.Length; i++) total[i] += counts[i];
        }

        // Each patient's mean count is 1 with a standard error of 1/√2000 = 0.022: five of them either way.
        total.Min().ShouldBeGreaterThan((long)(2000 * 0.89));
        total.Max().ShouldBeLessThan((long)(2000 * 1.11));
    }

    [Fact]
    public void Run_PatientWithManySamples_IsDrawnWithAllOfThem()
    {
        // Two patients of two samples each: a mean can only be all of one, all of the other, or half and half.
        AnsweredSample[] samples = [Decision(1, "a"), Decision(1, "a"), Decision(2, "x"), Decision(2, "x")];
        ScoreDraws draws = PatientBootstrap.Run(MeanMetric.F1, samples, cancellation: TestContext.Current.CancellationToken);
        draws.Value.ShouldBe(0.5);
        draws.Draws.ToArray().Distinct().Order().ShouldBe([0, 0.5, 1]);
    }

    [Fact]
    public void Interval_ReplicatesWithOneClassOnly_AreLeftOutAndCounted()
    {
        BinaryOutcomes outcomes = new([0.9, 0.4, 0.1], [true, false, false]);
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        ScoreInterval interval = PatientBootstrap.Run([Auroc.Prepare(outcomes, patients)], patients, cancellation: TestContext.Current.CancellationToken)[0].Interval();
        // P(no yes drawn) = (2/3)³ = .296 and P(only yes) = 1/27.
        interval.Undefined.ShouldBeInRange(250, 420);
        interval.Low.ShouldBe(1);
        interval.High.ShouldBe(1);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        BinaryOutcomes outcomes = Simulated.Risk(50, 10, seed: 1);
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => PatientBootstrap.Run([Auroc.Prepare(outcomes, patients)], patients, null, source.Token));
    }

    private static AnsweredSample Decision(long patient, string output) =>
        new() { Id = $"s{patient}", Patient = patient, Output = output, Truth = ["a"] };
}
