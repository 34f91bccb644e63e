namespace EhrR1.Hospital.Tests;

/// <summary>One stay as a sample of the risk tasks: outcomes by the strict definitions, true probabilities, and the hours a model may see.</summary>
internal sealed record RiskSample(
    string Subject, string Hadm, DateTime From, DateTime Until, IReadOnlyDictionary<string, bool> Outcomes, IReadOnlyDictionary<string, double> Truth);
