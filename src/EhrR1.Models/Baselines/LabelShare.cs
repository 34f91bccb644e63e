namespace EhrR1.Models;

/// <summary>A label and the share of training samples that have it.</summary>
/// <param name="Label">The label as it is answered: its most frequent spelling.</param>
/// <param name="Share">From 0 to 1.</param>
public sealed record LabelShare(string Label, double Share);
