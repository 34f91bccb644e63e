namespace EhrR1.Scoring;

/// <summary>The metrics that reports give for each family of tasks, the headline first.</summary>
public static class MetricCatalog
{
    /// <summary>Decision tasks: F1 (headline), precision, recall, and F1 of the strict reading.</summary>
    public static IReadOnlyList<IMetric> Decision { get; } = [MeanMetric.F1, MeanMetric.Precision, MeanMetric.Recall, MeanMetric.StrictF1];

    /// <summary>Risk tasks: AUROC (headline), AUPRC, Brier, expected calibration error; all need a probability of yes.</summary>
    public static IReadOnlyList<IMetric> Risk { get; } = [new Auroc(), new AveragePrecision(), MeanMetric.Brier, new CalibrationError()];

    /// <summary>Free-text tasks (discharge notes): ROUGE-1 with stemming.</summary>
    public static IReadOnlyList<IMetric> Text { get; } = [MeanMetric.Rouge1];
}
