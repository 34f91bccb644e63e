namespace EhrR1.Evaluation;

/// <summary>The scores of a run: the content of <c>scores.json</c>.</summary>
/// <remarks>It holds no clock time: scoring a run again gives the same bytes, with any number of threads.</remarks>
public sealed record RunScores
{
    /// <summary>The version of the layout that this program writes.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The version of the layout; scores of another version are made again.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the answers that were scored.</summary>
    public required string AnswersSha256 { get; init; }

    /// <summary>Replicates of the bootstrap.</summary>
    public required int Replicates { get; init; }

    /// <summary>The bootstrap's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether all samples name their patient; else each of the others was drawn for itself, which makes intervals too narrow.</summary>
    public required bool ByPatient { get; init; }

    /// <summary>The tokens and the time that the answers took.</summary>
    public RunUsage Usage { get; init; } = new();

    /// <summary>The tasks in the catalogue's order.</summary>
    public required IReadOnlyList<TaskScores> Tasks { get; init; }

    /// <summary>The macro means.</summary>
    public required IReadOnlyList<MeanScore> Means { get; init; }

    /// <summary>The macro means by groups of patients.</summary>
    public required IReadOnlyList<GroupScores> Groups { get; init; }

    /// <summary>A macro mean by its name, or <see langword="null"/>.</summary>
    public MeanScore? Mean(string name) => Means.FirstOrDefault(m => m.Name == name);

    /// <summary>A task's scores, or <see langword="null"/>.</summary>
    public TaskScores? Task(string name) => Tasks.FirstOrDefault(t => t.Task == name);
}
