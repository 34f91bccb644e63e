namespace EhrR1.Scoring.Tests;

/// <summary>What a 95 % interval promises, checked on simulated studies whose truth is known.</summary>
public sealed class IntervalCoverageTests
{
    private const int Studies = 500;

    [Fact]
    public void Interval_MeanOfClusteredValues_HoldsTheTruthInMostStudies()
    {
        int overPatients = 0, overSamples = 0;
        for (ulong study = 0; study < Studies; study++)
        {
            (double[] values, long[] patients) = ClusteredValues(study);
            overPatients += HoldsZero(values, patients, study) ? 1 : 0;
            overSamples += HoldsZero(values, [.. Enumerable.Range(0, values.Length).Select(i => (long)i)], study) ? 1 : 0;
        }

        // .95 with a standard error of .01, less the .02 that a percentile interval of 50 clusters lacks (4,000 studies: .931).
        ((double)overPatients / Studies).ShouldBeInRange(0.90, 0.97);
        // Drawing samples as if they were independent claims too much: this is why patients are drawn.
        ((double)overSamples / Studies).ShouldBeLessThan(0.80);
    }

    [Fact]
    public void Interval_Auroc_HoldsTheTruthInMostStudies()
    {
        double truth = Auroc.Of(Simulated.Risk(300_000, 100_000, seed: 99));
        int held = 0;
        for (ulong study = 0; study < Studies; study++)
        {
            ScoreInterval interval = BootstrapAuroc(Simulated.Risk(300, 100, 1000 + study), study).Interval();
            if (interval.Low <= truth && truth <= interval.High) held++;
        }

        ((double)held / Studies).ShouldBeInRange(0.90, 0.97);
    }

    [Fact]
    public void PValue_TwoModelsThatAreEquallyGood_IsBelowFivePercentInAboutFivePercentOfStudies()
    {
        int claimed = 0;
        for (ulong study = 0; study < Studies; study++)
        {
            (double[] first, long[] patients) = ClusteredValues(study);
            (double[] second, _) = ClusteredValues(study, noise: 1_000_000);
            PatientIndex index = PatientIndex.Of(patients);
            IReadOnlyList<ScoreDraws> draws = PatientBootstrap.Run(
                [MeanMetric.PrepareValues(first, patients, index), MeanMetric.PrepareValues(second, patients, index)], index, Quick(study), TestContext.Current.CancellationToken);
            if (draws[0].Minus(draws[1]).PValue() < 0.05) claimed++;
        }

        ((double)claimed / Studies).ShouldBeInRange(0.02, 0.08);
    }

    [Fact]
    public void Minus_TwoModelsOnTheSamePatients_HasANarrowerIntervalThanUnpaired()
    {
        BinaryOutcomes good = Simulated.Risk(600, 200, seed: 5, skill: 1.5), fair = Simulated.Risk(600, 200, seed: 5, skill: 1);
        PatientIndex patients = PatientIndex.Of(good.Patients);
        IReadOnlyList<ScoreDraws> draws = PatientBootstrap.Run(
            [Auroc.Prepare(good, patients), Auroc.Prepare(fair, patients)], patients, null, TestContext.Current.CancellationToken);
        PairedComparison comparison = PairedComparison.Of(draws[0], draws[1]);
        double paired = comparison.Difference.High - comparison.Difference.Low;
        double unpaired = Math.Sqrt(Math.Pow(comparison.First.High - comparison.First.Low, 2) + Math.Pow(comparison.Second.High - comparison.Second.Low, 2));
        paired.ShouldBeLessThan(0.5 * unpaired);
        comparison.Difference.Value.ShouldBe(comparison.First.Value - comparison.Second.Value);
        comparison.PValue.ShouldBeLessThan(0.01);
    }

    private static (double[] Values, long[] Patients) ClusteredValues(ulong study, ulong noise = 0)
    {
        var effects = new SplitMix64(SplitMix64.Mix(study));
        var random = new SplitMix64(SplitMix64.Mix(study + noise + 1_000_000));
        var values = new double[250];
        var patients = new long[250];
        double effect = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i % 5 == 0) effect = Simulated.Normal(ref effects);
            values[i] = effect + Simulated.Normal(ref random);
            patients[i] = i / 5;
        }

        return (values, patients);
    }

    // A seed for each study: with one for all, the studies would share the chance of their draws.
    private static BootstrapOptions Quick(ulong study) => new() { Replicates = 200, Seed = study };

    private static bool HoldsZero(double[] values, long[] patients, ulong study)
    {
        PatientIndex index = PatientIndex.Of(patients);
        ScoreInterval interval = PatientBootstrap.Run([MeanMetric.PrepareValues(values, patients, index)], index, Quick(study))[0].Interval();
        return interval.Low <= 0 && 0 <= interval.High;
    }

    private static ScoreDraws BootstrapAuroc(BinaryOutcomes outcomes, ulong study)
    {
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        return PatientBootstrap.Run([Auroc.Prepare(outcomes, patients)], patients, Quick(study))[0];
    }
}
