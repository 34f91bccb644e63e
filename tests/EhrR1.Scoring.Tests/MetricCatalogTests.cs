namespace EhrR1.Scoring.Tests;

public sealed class MetricCatalogTests
{
    private static readonly AnsweredSample[] Risk =
    [
        new() { Id = "a", Patient = 7, Probability = 0.9, Output = "yes", Truth = ["yes"] },
        new() { Id = "b", Patient = 8, Probability = 0.6, Output = "yes", Truth = ["no"] },
        new() { Id = "c", Patient = 9, Probability = 0.2, Output = "?", Truth = ["no"] },
    ];

    [Fact]
    public void Catalog_AllFamilies_HaveDistinctNames() =>
        MetricCatalog.Decision.Concat(MetricCatalog.Risk).Concat(MetricCatalog.Text).Select(m => m.Name)
            .ShouldBe(["f1", "precision", "recall", "f1_strict", "auroc", "auprc", "brier", "ece", "rouge1"]);

    [Fact]
    public void Prepare_RiskSamples_GivesTheColumnsFigures()
    {
        PatientIndex patients = PatientIndex.Of(Risk);
        BinaryOutcomes columns = BinaryOutcomes.From(Risk);
        MetricCatalog.Risk.Select(m => m.Prepare(Risk, patients).Evaluate([1, 1, 1]))
            .ShouldBe([Auroc.Of(columns), AveragePrecision.Of(columns), Brier.Of(columns), CalibrationError.Of(columns)]);
    }

    [Fact]
    public void Accuracy_UnreadableAnswer_IsWrong() =>
        MeanMetric.Accuracy.Prepare(Risk, PatientIndex.Of(Risk)).Evaluate([1, 1, 1]).ShouldBe(1.0 / 3, 1e-12);

    [Fact]
    public void Prepare_SampleWithoutProbability_NamesTheSample() =>
        Should.Throw<ArgumentException>(() => new Auroc().Prepare([Risk[0] with { Probability = null }], PatientIndex.Of(Risk))).Message.ShouldContain("Sample a");

    [Fact]
    public void Prepare_PatientThatIsNotDrawn_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Auroc().Prepare(Risk, PatientIndex.Of([7L]))).Message.ShouldContain("Patient 8");

    [Fact]
    public void Prepare_NoSamples_IsNotDefined()
    {
        PatientIndex patients = PatientIndex.Of([1L, 2L]);
        foreach (IMetric metric in MetricCatalog.Decision.Concat(MetricCatalog.Risk).Concat(MetricCatalog.Text))
            metric.Prepare([], patients).Evaluate([1, 1]).ShouldBe(double.NaN);
    }

    [Fact]
    public void IsYes_DecisionSample_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => new AnsweredSample { Id = "d", Patient = 1, Truth = ["a", "b"] }.IsYes);
}
