namespace EhrR1.Scoring;

/// <summary>One sample with a model's answer: all that a metric may look at.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record AnsweredSample
{
    /// <summary>The sample's stable id; used in messages only.</summary>
    public required string Id { get; init; }

    /// <summary>The patient (subject_id): the unit that is drawn in the bootstrap.</summary>
    public required long Patient { get; init; }

    /// <summary>All that the model wrote, thinking included. The default value is empty.</summary>
    public string Output { get; init; } = "";

    /// <summary>The true items; a single <c>yes</c> or <c>no</c> for a risk task, the one text for a free-text task.</summary>
    public required IReadOnlyList<string> Truth { get; init; }

    /// <summary>How the answered items meet the true ones, where the answer has been read already (<see cref="TolerantReader"/>); <see langword="null"/>,
    /// the default value, for the strict reading of <see cref="Output"/>.</summary>
    public SetScore? Read { get; init; }

    /// <summary>The same for the strict reading, where that has been done already. The default value is <see langword="null"/>.</summary>
    public SetScore? ReadStrictly { get; init; }

    /// <summary>The model's probability of yes, 0 to 1; <see langword="null"/> for decision tasks and where none was given.</summary>
    public double? Probability { get; init; }

    /// <summary>The sample's weight, finite and not negative. The default value is 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The true outcome of a risk sample.</summary>
    /// <exception cref="InvalidOperationException">The truth is not a single yes or no.</exception>
    public bool IsYes => Truth is ["yes"] || (Truth is not ["no"] && ReadTruth());

    private bool ReadTruth() => Truth is [string only] && AnswerReader.ReadYesNo(only) is bool yes
        ? yes
        : throw new InvalidOperationException($"Sample {Id} is no risk sample: its truth is not a single yes or no.");
}
