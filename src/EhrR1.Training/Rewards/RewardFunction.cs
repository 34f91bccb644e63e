using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>The reward of reinforcement learning, from the code that evaluation and the grounding check use, so that the two cannot differ.</summary>
/// <remarks>Deterministic: the same request gives the same reward. Safe for any number of threads.</remarks>
public sealed class RewardFunction
{
    private readonly RewardOptions _options;
    private readonly GroundingCheck? _grounding;
    private readonly Func<string, AnswerVocabulary?> _vocabulary;
    private readonly ChainTemplate _decision;
    private readonly ChainTemplate? _risk;

    /// <summary>Makes the reward.</summary>
    /// <param name="options">The terms; <see langword="null"/> for the published ones.</param>
    /// <param name="grounding">The check that the grounding term asks; <see langword="null"/> for one without names and terminology.</param>
    /// <param name="vocabulary">Gives the labels of a task by its name, which the tolerant reading splits lines by; <see langword="null"/> where they are not known.</param>
    /// <exception cref="EhrR1Exception">A weight is no weight, the log score's floor is no probability, or there is no such template.</exception>
    public RewardFunction(RewardOptions? options = null, GroundingCheck? grounding = null, Func<string, AnswerVocabulary?>? vocabulary = null)
    {
        _options = options ?? new RewardOptions();
        _options.Weights.Check();
        if (_options.LogFloor is not (> 0 and < 1))
            throw new EhrR1Exception("The floor of the log score must lie between 0 and 1", null, "Give a small probability, such as 0.01");
        _grounding = _options.Weights.Grounding > 0 ? grounding ?? new GroundingCheck(options: _options.Grounding) : null;
        _vocabulary = vocabulary ?? (static _ => null);
        _decision = ChainTemplates.Get(_options.DecisionTemplate);
        _risk = _options.RiskTemplate is { } risk ? ChainTemplates.Get(risk) : null;
    }

    /// <summary>The settings.</summary>
    public RewardOptions Options => _options;

    /// <summary>Whether decisions need their sample: the grounding term is weighted.</summary>
    public bool NeedsContext => _grounding is not null;

    /// <summary>Rewards a completion.</summary>
    /// <exception cref="EhrR1Exception">The task's answer is free text, the right answer of a risk is no yes or no, a probability is none, or the sample is missing that grounding needs.</exception>
    public RewardScore Score(RewardRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_options.PromptOpensThinking && !request.Completion.AsSpan().TrimStart().StartsWith(PublishedFormat.Opens, StringComparison.Ordinal))
            request = request with { Completion = PublishedFormat.Opens + "\n" + request.Completion };
        return request.Task.Kind == TaskKind.Risk ? OfRisk(request) : OfDecision(request);
    }

    private RewardScore OfDecision(RewardRequest request)
    {
        if (request.Task.IsFreeText)
            throw Wrong(request, $"The task {request.Task.Name} is answered in free text, which has no rule to be rewarded by", "Leave it out of reinforcement learning");
        var labels = AnswerReader.NormalizeLabels(request.Labels);
        var items = _options.Reading == RewardReading.Tolerant
            ? TolerantReader.Read(request.Completion, _vocabulary(request.Task.Name), labels).Items
            : AnswerReader.ReadItems(request.Completion);
        double accuracy = SetScore.Of(items, labels).F1;
        double format = PublishedFormat.IsMet(request.Completion, _decision, isRisk: false) ? 1 : -1;
        var (grounding, measures) = GroundingOf(request, labels);
        var weights = _options.Weights;
        double total = (weights.Accuracy * accuracy) + (weights.Format * format) + (_grounding is null ? 0 : weights.Grounding * grounding);
        return new RewardScore(total, new RewardTerms(accuracy, format, grounding, double.NaN, measures));
    }

    private (double Value, GroundingMeasures? Measures) GroundingOf(RewardRequest request, IReadOnlySet<string> labels)
    {
        if (_grounding is null)
            return (double.NaN, null);
        if (request.Context is not { } context)
            throw Wrong(request, "The grounding term needs the sample, which is not at hand", "Give the sample's id and start the server with its workspace, or set the weight of grounding to 0");
        if (!PublishedFormat.TryThinking(request.Completion, out var thinking, out _) || thinking.IsWhiteSpace())
            return (0, null);
        var chain = ChainParser.Parse(thinking.Trim().ToString(), _decision, vocabulary: _vocabulary(request.Task.Name), own: labels);
        var measures = _grounding.Check(context.Sample, context.Graph, chain).Measures;
        return (measures.Score(_options.Grounding.Weights), measures);
    }

    private RewardScore OfRisk(RewardRequest request)
    {
        if (request.Labels is not ["yes" or "no"])
            throw Wrong(request, "The right answer of a risk is yes or no", "Give one of the two as ground truth");
        if (request.PYes is { } given && given is not (>= 0 and <= 1))
            throw Wrong(request, "P(yes) is no probability", "Give a number from 0 to 1, or none");
        bool happened = request.Labels[0] == "yes";
        var answer = AnswerReader.ReadYesNo(request.Completion);
        double accuracy = answer == happened ? 1 : 0;
        double format = PublishedFormat.IsMet(request.Completion, _risk, isRisk: true) ? 1 : -1;
        double calibration = CalibratedScore.Of(_options.Calibration, ProbabilityOf(request, answer), happened, answer, _options.LogFloor);
        var weights = _options.Weights;
        double total = (weights.OfRiskAccuracy * accuracy) + (weights.Format * format) + (weights.Calibration * calibration);
        return new RewardScore(total, new RewardTerms(accuracy, format, double.NaN, calibration, null));
    }

    /// <summary>What "yes" was given: by the policy's tokens, by the thinking's own estimate, or by the word that was answered; one half where none can be read, as in evaluation.</summary>
    private double ProbabilityOf(RewardRequest request, bool? answer)
    {
        if (request.PYes is { } given)
            return given;
        if (_risk is not null && PublishedFormat.TryThinking(request.Completion, out var thinking, out _)
            && ChainParser.Parse(thinking.Trim().ToString(), _risk).Probability is { } estimated)
        {
            return estimated;
        }

        return answer is { } yes ? (yes ? 1 : 0) : 0.5;
    }

    private static EhrR1Exception Wrong(RewardRequest request, string what, string whatToDo) => new(what, request.SampleId is { } id ? $"sample {id}" : null, whatToDo);
}
