namespace EhrR1.Tasks;

/// <summary>Samples that are drawn apart from others: those of a task, in a balanced draw with one answer.</summary>
/// <param name="Task">The task.</param>
/// <param name="No">Whether it is the samples of a balanced risk whose answer is no.</param>
internal readonly record struct DrawGroup(string Task, bool No)
{
    /// <summary>The group with the other answer.</summary>
    public DrawGroup Opposite => this with { No = !No };
}
