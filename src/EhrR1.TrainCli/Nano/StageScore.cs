using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EhrR1.Evaluation;
using EhrR1.Scoring;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>What a stage's model is worth on held-out patients.</summary>
/// <param name="Name">The stage's name in tables.</param>
internal sealed record StageScore(string Name)
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The stage; <see langword="null"/> for the label prior.</summary>
    [JsonIgnore]
    public TrainingStageKind? Kind { get; init; }

    /// <summary>Mean F1 of decisions that are answered at once.</summary>
    public Score? Direct { get; init; }

    /// <summary>How much higher that is than the label prior's, paired.</summary>
    public Score? AbovePrior { get; init; }

    /// <summary>Mean F1 of decisions that are thought about first.</summary>
    public Score? Thought { get; init; }

    /// <summary>Mean AUROC of risks.</summary>
    public Score? Risk { get; init; }

    /// <summary>The share of drawn completions of decisions with the published form.</summary>
    public double? WellFormed { get; init; }

    /// <summary>The mean reward of drawn completions.</summary>
    public Score? Reward { get; init; }

    /// <summary>How much higher that is than the stage before, paired.</summary>
    public Score? AboveStageBefore { get; init; }

    /// <summary>The mean of each term of the reward.</summary>
    public IReadOnlyDictionary<string, double>? Terms { get; init; }

    /// <summary>Steps of the training.</summary>
    public int? Steps { get; init; }

    /// <summary>Seconds that training took, in all processes that worked on it.</summary>
    public double? TrainingSeconds { get; init; }

    /// <summary>Seconds that scoring took, in the process that finished it.</summary>
    public double? ScoringSeconds { get; init; }

    public static Score Of(string metric, ScoreInterval interval) => new(metric, interval.Value, interval.Low, interval.High);

    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, _json)!;
}
