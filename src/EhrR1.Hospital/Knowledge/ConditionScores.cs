namespace EhrR1.Hospital;

/// <summary>How a condition compares with others of its kind, in standard deviations within ±2.</summary>
internal readonly record struct ConditionScores(double Severity, double Mortality, double Icu, double Los, double Readmission);
