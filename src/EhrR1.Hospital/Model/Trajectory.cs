namespace EhrR1.Hospital;

/// <summary>How strong the illness is over the hours from admission, 1 being its strength at the door.</summary>
/// <remarks>Within 24 hours of admission and of each ICU start it follows from what is latent alone; how the stay ends shows only later, so that no prediction time looks into the future.</remarks>
internal sealed class Trajectory
{
    private const double Blind = 24;
    private readonly Course? course;
    private readonly double recovery;

    public Trajectory(Encounter encounter, double recoveryHours)
    {
        course = encounter.Course;
        recovery = Math.Max(12, recoveryHours);
    }

    public double At(double hour)
    {
        if (course is null)
            return 1;
        var strength = Decay(hour - Blind);
        var lastStart = 0.0;
        foreach (var episode in course.Icu)
        {
            // The ward sees a patient fail for some hours before the transfer.
            var failing = Math.Max(Blind, episode.Start - 6);
            if (hour >= failing)
                strength = Math.Max(strength, 1.1 * Decay(hour - episode.Start - Blind));
            if (hour >= episode.Start)
                lastStart = episode.Start;
        }
        if (course.Died)
        {
            var from = Math.Max(lastStart + Blind, course.Hours - 36);
            if (hour > from)
                strength = Math.Max(strength, 1 + (0.7 * (hour - from) / Math.Max(1, course.Hours - from)));
        }
        return strength;
    }

    private double Decay(double hours) => hours <= 0 ? 1 : course!.Died ? Math.Max(0.75, Math.Exp(-hours / (3 * recovery))) : Math.Max(0.12, Math.Exp(-hours / recovery));
}
