namespace EhrR1.Training;

/// <summary>The learning rate of each step: up in a straight line, then down along half a cosine.</summary>
/// <remarks>
/// As <c>get_cosine_schedule_with_warmup</c> of Transformers has it, but for the first step, whose rate there is 0: here the warm-up begins one step later in the line,
/// so that no step is for nothing. The rate would be 0 after the last step.
/// </remarks>
/// <param name="Peak">The highest rate.</param>
/// <param name="Steps">All steps of the training.</param>
/// <param name="WarmUpSteps">Steps of the warm-up.</param>
public sealed record LearningRateSchedule(double Peak, int Steps, int WarmUpSteps)
{
    /// <summary>The schedule with a share of the steps as warm-up, rounded up.</summary>
    public static LearningRateSchedule Cosine(double peak, int steps, double warmUpShare) => new(peak, steps, (int)Math.Ceiling(steps * warmUpShare));

    /// <summary>The rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    public double At(int step)
    {
        if (step < WarmUpSteps)
            return Peak * (step + 1) / (WarmUpSteps + 1);
        var done = (double)(step - WarmUpSteps) / Math.Max(1, Steps - WarmUpSteps);
        return Peak * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, done)));
    }
}
