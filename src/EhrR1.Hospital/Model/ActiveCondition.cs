namespace EhrR1.Hospital;

/// <summary>A condition that a patient has, with its severity from 0 to 1.</summary>
internal sealed record ActiveCondition(Condition Condition, double Severity);
