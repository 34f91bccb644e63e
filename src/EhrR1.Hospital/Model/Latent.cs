namespace EhrR1.Hospital;

/// <summary>What is true of a stay and written in no table: the causes of its course, each near a standard normal.</summary>
/// <param name="Severity">How ill the patient is: drives admission, the ICU and death; shows in vital signs, laboratory values and urgent orders.</param>
/// <param name="Support">How much support the body needs and how slowly it heals: drives lengths of stay; shows in devices, lines, nutrition and drugs.</param>
/// <param name="Brittle">How unstable the recovery is: drives every kind of return; shows in re-checks, repletion and rescue doses.</param>
/// <param name="Burden">Chronic illness, in standard deviations of the patients' number of conditions.</param>
/// <param name="Age">Age, in standard deviations around 60 years.</param>
/// <param name="Scores">What the principal condition adds.</param>
internal readonly record struct Latent(double Severity, double Support, double Brittle, double Burden, double Age, ConditionScores Scores);
