using System.Text.Json.Serialization;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>The scores of a run on one task.</summary>
public sealed record TaskScores
{
    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The family.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>Whether it is one of the release's extra tasks.</summary>
    public bool Extra { get; init; }

    /// <summary>The samples asked.</summary>
    public required int Samples { get; init; }

    /// <summary>Their patients.</summary>
    public required int Patients { get; init; }

    /// <summary>Samples without an answer that can be scored: they count as wrong, in risk tasks as a probability of one half.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Whether the model answered any sample; a task that it declines altogether has no scores and is in no mean.</summary>
    public required bool Attempted { get; init; }

    /// <summary>Risk tasks: the share of yes in the benchmark.</summary>
    public double? Prevalence { get; init; }

    /// <summary>Risk tasks: the share of yes in the whole task index.</summary>
    public double? NaturalPrevalence { get; init; }

    /// <summary>The scores, the headline first.</summary>
    public IReadOnlyList<Score> Scores { get; init; } = [];

    /// <summary>Risk tasks: the scores that depend on the prevalence, with yes and no weighted to the natural one.</summary>
    public IReadOnlyList<Score> NaturalScores { get; init; } = [];

    /// <summary>Decision tasks: the share of samples whose label another event had named within the hour before, where the profile tells.</summary>
    public double? EchoShare { get; init; }

    /// <summary>Decision tasks: the headline over the samples without such an echo.</summary>
    public Score? WithoutEcho { get; init; }

    /// <summary>Risk tasks: the ROC curve, at most about 100 points.</summary>
    public IReadOnlyList<CurvePoint> Roc { get; init; } = [];

    /// <summary>Risk tasks: the filled bins of the reliability diagram, at the natural prevalence where that is known.</summary>
    public IReadOnlyList<CurvePoint> Reliability { get; init; } = [];

    /// <summary>The headline: F1, AUROC or ROUGE-1; <see langword="null"/> where the task was not attempted.</summary>
    [JsonIgnore]
    public Score? Headline => Scores.Count > 0 ? Scores[0] : null;
}
