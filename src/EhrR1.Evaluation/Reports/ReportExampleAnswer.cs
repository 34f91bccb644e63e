namespace EhrR1.Evaluation;

/// <summary>A run's answer to an example.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Text">What the model wrote; only where no patient stands behind it.</param>
/// <param name="PYes">Risk tasks: the probability of yes.</param>
/// <param name="F1">Decision tasks: the sample's F1.</param>
public sealed record ReportExampleAnswer(string Run, string? Text, double? PYes, double? F1);
