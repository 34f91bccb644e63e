using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>What a run was: the content of <c>manifest.json</c>.</summary>
public sealed record RunManifest
{
    /// <summary>The version of the layout; 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What decides the answers: two runs with equal fingerprints ask the same of the same model.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The settings that the run was started with.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>The benchmark's files with their hashes.</summary>
    public required IReadOnlyList<OutputFile> Benchmark { get; init; }

    /// <summary>Where the benchmark lay.</summary>
    public required string BenchmarkFolder { get; init; }

    /// <summary>The workspace's profile; <see langword="null"/> for a benchmark without a workspace.</summary>
    public string? Profile { get; init; }

    /// <summary>The workspace's seed; <see langword="null"/> for a benchmark without a workspace.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the patients are made up; inputs may be shown then.</summary>
    public bool Synthetic { get; init; }

    /// <summary>The share of yes of each risk task in the whole task index, where there is one.</summary>
    public IReadOnlyDictionary<string, double> NaturalPrevalence { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The program's version.</summary>
    public string Program { get; init; } = Workspace.ProgramVersion;

    /// <summary>When it was first started, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When its last sample was finished, in UTC; <see langword="null"/> while it is under way.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How far it has come.</summary>
    public RunState State { get; init; }

    /// <summary>The samples to be asked.</summary>
    public int Samples { get; init; }

    /// <summary>The samples that were answered.</summary>
    public int Answered { get; init; }

    /// <summary>The samples that the model declined or gave no probability for.</summary>
    public int Unanswered { get; init; }

    /// <summary>The samples whose calls failed.</summary>
    public int Errors { get; init; }

    /// <summary>What was found out about the model: its endpoint, server, context, ways to probabilities; <see langword="null"/> where there is nothing to say.</summary>
    public JsonObject? Found { get; init; }

    /// <summary>The tokens of all answers.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>What they cost; <see langword="null"/> where no prices are known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The currency of <see cref="Cost"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>The samples whose input was cut to fit the context.</summary>
    public int Cut { get; init; }

    /// <summary>The samples with fewer examples than were asked for: the context had no room for them, or the task's pool has fewer.</summary>
    public int ShortOfShots { get; init; }

    /// <summary>How often the run was resumed.</summary>
    public int Resumed { get; init; }
}
