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

    /// <summary>Decision tasks: F1 of the strict reading, as the published scorer reads answers.</summary>
    [JsonIgnore]
    public Score? Strict => Scores.FirstOrDefault(s => s.Metric == "f1_strict");

    /// <summary>Decision tasks: the share of samples whose label another event had named within the hour before, where the profile tells.</summary>
    public double? EchoShare { get; init; }

    /// <summary>Decision tasks: the headline over the samples without such an echo.</summary>
    public Score? WithoutEcho { get; init; }

    /// <summary>Risk tasks: the ROC curve, at most about 100 points.</summary>
    public IReadOnlyList<CurvePoint> Roc { get; init; } = [];

    /// <summary>Risk tasks: the filled bins of the reliability diagram, at the natural prevalence where that is known.</summary>
    public IReadOnlyList<CurvePoint> Reliability { get; init; } = [];

    /// <summary>Risk tasks: the decision curve, at the natural prevalence where that is known.</summary>
    public IReadOnlyList<DecisionCurvePoint> DecisionCurve { get; init; } = [];

    /// <summary>Answers that depart from the format asked for: the bare items, one a line.</summary>
    public int FormatFailures { get; init; }

    /// <summary>How many answers depart in each way (<see cref="Scoring.AnswerFormat"/>, in snake_case); one answer may in several.</summary>
    public IReadOnlyDictionary<string, int> Formats { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Risk tasks: where the probabilities come from (the rung of the ladder), with counts; <c>text</c> for a written yes or no.</summary>
    public IReadOnlyDictionary<string, int> ProbabilitySources { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether more than 5 % of the samples have no answer: the score then says more of the answering than of the model.</summary>
    public bool ManyUnanswered => Attempted && Unanswered > 0.05 * Samples;

    /// <summary>The headline: F1, AUROC or ROUGE-1; <see langword="null"/> where the task was not attempted.</summary>
    [JsonIgnore]
    public Score? Headline => Scores.Count > 0 ? Scores[0] : null;
}
