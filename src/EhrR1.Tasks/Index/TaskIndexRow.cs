namespace EhrR1.Tasks;

/// <summary>One sample of the task index: where it stands in its chart, when it is asked, and its answer; its text is made by <see cref="SampleBuilder"/>.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
public sealed record TaskIndexRow
{
    /// <summary>The stable id: task, subject and a hash of the anchor's own identity.</summary>
    public required string Id { get; init; }

    /// <summary>The patient.</summary>
    public required long SubjectId { get; init; }

    /// <summary>The anchor's hospital stay, or <see langword="null"/>.</summary>
    public long? HadmId { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The anchor's event type.</summary>
    public required string Event { get; init; }

    /// <summary>The anchor's start.</summary>
    public required DateTime AnchorTime { get; init; }

    /// <summary>The moment of the question, as the strict profile defines it, in both profiles.</summary>
    public required DateTime PredictionTime { get; init; }

    /// <summary>The start of the window's first event; <see langword="null"/> where the context is empty.</summary>
    public DateTime? ContextStart { get; init; }

    /// <summary>The start of the window's last event; <see langword="null"/> where the context is empty.</summary>
    public DateTime? ContextEnd { get; init; }

    /// <summary>How many events the window holds, left-out ones included; 0 where nothing remains once they are left out.</summary>
    public required int ContextEvents { get; init; }

    /// <summary>The start of the admission that is put in front, or <see langword="null"/>.</summary>
    public DateTime? AdmissionTime { get; init; }

    /// <summary>The start of the other stay's discharge note that is put in front, or <see langword="null"/>.</summary>
    public DateTime? LastDischargeNote { get; init; }

    /// <summary>The answer: the items in first-seen order, or a single yes or no.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>1 / the mean frequency of the labels in their task. The default value is 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The split of the patient.</summary>
    public required string Split { get; init; }

    /// <summary>Whether another event type had named a label within the hour before; only the strict profile tells, for decision tasks.</summary>
    public bool Echo { get; init; }

    /// <summary>How many events the patient's chart holds, the demographics included.</summary>
    public required int PatientEvents { get; init; }

    /// <summary>What the input holds where the paper's release says so itself; <see langword="null"/> where this program's rules do.</summary>
    public PublishedContext? Published { get; init; }

    /// <summary>The task's definition.</summary>
    public TaskDefinition Definition => TaskCatalog.Get(Task);

    /// <summary>The answer as JSON: an array of strings for every decision task, the string yes or no for risk.</summary>
    public string Target => TaskTarget.ToJson(Definition.Kind, Labels);
}
