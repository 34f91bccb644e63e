namespace EhrR1.Hospital;

/// <summary>The laws by which latent causes become outcomes: chances as logistic functions, durations as log-normal ones.</summary>
/// <remarks>The course of a stay is drawn from these laws and its true probabilities are computed from the same ones.</remarks>
internal static class OutcomeModel
{
    /// <summary>The chance of admission for a patient who comes back to the ED early after a stay.</summary>
    public const double ReturnAdmission = 0.9;

    /// <summary>Days within which an early return falls.</summary>
    public const double EarlyDays = 59.5;

    /// <summary>Mean days of a death after discharge.</summary>
    public const double DeathAfterDischargeDays = 110;

    /// <summary>The most ICU episodes of one stay.</summary>
    public const int MostIcuEpisodes = 3;

    private const double EarlyScaleDays = 27;

    public static double AdmittedFromEd(in Latent l) => Logistic(0.55 + (1.25 * l.Severity) + (0.3 * l.Burden));

    public static double EarlyIcu(in Latent l) => Logistic(-0.9 + (0.95 * l.Severity) + (0.5 * l.Scores.Icu) + (0.3 * l.Support));

    public static double LateIcu(in Latent l) => Logistic(-2.3 + (0.9 * l.Severity) + (0.4 * l.Scores.Icu));

    public static double DiesInIcu(in Latent l, int episode) => Logistic(-4.2 + (0.72 * l.Severity) + (1.0 * l.Support) + (0.3 * l.Scores.Mortality) + (0.35 * l.Age) + (0.5 * episode));

    public static double DiesOnWard(in Latent l, bool afterIcu) => Logistic((afterIcu ? -4.5 : -4.8) + (0.75 * l.Severity) + (0.3 * l.Support) + (0.4 * l.Scores.Mortality) + (0.3 * l.Age));

    public static double ReturnsToIcu(in Latent l) => Logistic(-3.2 + (1.6 * l.Brittle));

    public static double ReturnsToEd(in Latent l) => Logistic(-2.6 + (1.6 * l.Brittle));

    /// <summary>The chance of a new encounter within <see cref="EarlyDays"/> of a discharge.</summary>
    public static double EarlyReturn(in Latent l) => Logistic(-1.55 + (1.45 * l.Brittle) + (0.35 * l.Burden) + (0.15 * l.Scores.Readmission));

    public static double DiesAfterDischarge(in Latent l) => Logistic(-2.6 + (0.7 * l.Severity) + (0.6 * l.Age) + (0.5 * l.Burden));

    /// <summary>The share of early returns that fall within some days.</summary>
    public static double EarlyShare(double days) => (1 - Math.Exp(-days / EarlyScaleDays)) / (1 - Math.Exp(-EarlyDays / EarlyScaleDays));

    /// <summary>The days of an early return, from a uniform number.</summary>
    public static double EarlyReturnDays(double uniform) => Math.Max(0.6, -EarlyScaleDays * Math.Log(1 - (uniform * (1 - Math.Exp(-EarlyDays / EarlyScaleDays)))));

    // Hours, each from a standard normal number.
    public static double EarlyIcuStart(double z) => 0.4 + (4.5 * NormalShare(z));

    public static double LateIcuStart(double z) => 25 + (85 * NormalShare(z));

    public static double IcuAlive(in Latent l, double z) => Math.Max(7, 34 * Math.Exp((0.75 * l.Support) + (0.1 * l.Severity) + (0.68 * z)));

    public static double IcuDeath(in Latent l, double z) => Math.Max(5, 82 * Math.Exp((0.2 * l.Support) - (0.4 * (l.Severity - 1)) + (0.72 * z)));

    public static double WardAlive(in Latent l, double z) => Math.Max(10, 78 * Math.Exp((0.62 * l.Support) + (0.2 * l.Scores.Los) + (0.1 * l.Burden) + (0.5 * z)));

    public static double WardDeath(in Latent l, double z) => Math.Max(26, 120 * Math.Exp((0.3 * l.Support) + (0.55 * z)));

    public static double WardAfterIcu(in Latent l, double z) => Math.Max(9, 66 * Math.Exp((0.5 * l.Support) + (0.15 * l.Scores.Los) + (0.55 * z)));

    public static double WardBeforeReturn(double z) => Math.Max(8, 40 * Math.Exp(0.6 * z));

    public static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    // The standard normal distribution function by its logistic approximation (Bowling et al. 2009), exact to 1.4e-4.
    private static double NormalShare(double z) => Logistic((1.5976 * z) + (0.070565992 * z * z * z));
}
