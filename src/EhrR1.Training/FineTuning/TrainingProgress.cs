namespace EhrR1.Training;

/// <summary>Where a training stands after a step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Figure">The figure to watch: the loss of fine-tuning, the mean reward of reinforcement learning.</param>
/// <param name="Tokens">Tokens computed since this process began the training.</param>
/// <param name="Seconds">Seconds since then.</param>
public readonly record struct TrainingProgress(int Step, int Steps, double Figure, long Tokens, double Seconds);
