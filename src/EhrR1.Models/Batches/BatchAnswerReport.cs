namespace EhrR1.Models;

/// <summary>What the answers of a batch held.</summary>
public sealed record BatchAnswerReport
{
    /// <summary>Lines that are not empty.</summary>
    public required long Lines { get; init; }

    /// <summary>Answers that were taken.</summary>
    public required long Taken { get; init; }

    /// <summary>Answers to requests that had been answered before.</summary>
    public required long Known { get; init; }

    /// <summary>Requests of which the service says that they failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Lines whose request another line answers already.</summary>
    public required long Duplicate { get; init; }

    /// <summary>Lines that answer no request of this run.</summary>
    public required long Foreign { get; init; }

    /// <summary>Lines that are cut off, or no answers at all.</summary>
    public required long Damaged { get; init; }

    /// <summary>Answers with fewer completions than were asked for; the rest is missing.</summary>
    public required long Short { get; init; }

    /// <summary>The first hundred lines that gave no answer.</summary>
    public required IReadOnlyList<BatchLineFault> Faults { get; init; }
}
