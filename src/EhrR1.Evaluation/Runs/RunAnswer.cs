using System.Text.Json.Serialization;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>A model's answer to a sample: one line of a run's <c>answers.jsonl</c>.</summary>
public sealed record RunAnswer
{
    /// <summary>The sample's id.</summary>
    public required string Id { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>SHA-256 of the prompt that was sent, in lower-case hexadecimal.</summary>
    public required string PromptSha256 { get; init; }

    /// <summary>All that the model wrote, as it came; <see langword="null"/> where only probabilities were asked for.</summary>
    public string? Output { get; init; }

    /// <summary>P(yes) / (P(yes) + P(no)) of a risk sample; <see langword="null"/> where the model gave none.</summary>
    public double? PYes { get; init; }

    /// <summary>The logarithm of the probability of yes that it was made from; <see langword="null"/> if yes is impossible, or none was given.</summary>
    public double? LogPYes { get; init; }

    /// <summary>The same of no.</summary>
    public double? LogPNo { get; init; }

    /// <summary>Where the probability comes from (<see cref="AnswerScores.Source"/>).</summary>
    public string? PSource { get; init; }

    /// <summary>Why the completion ended.</summary>
    public FinishReason? Finish { get; init; }

    /// <summary>New tokens that were allowed; <see langword="null"/> where only probabilities were asked for, of a model that answers at once.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Tokens of the prompt as they were counted before it was sent; <see langword="null"/> where none were.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens that were cut from the left of the input to fit the context; <see langword="null"/> for none.</summary>
    public int? CutTokens { get; init; }

    /// <summary>Examples that stood before the question; <see langword="null"/> for none.</summary>
    public int? Shots { get; init; }

    /// <summary>The tokens used.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>From the request to the whole answer, in milliseconds.</summary>
    public double LatencyMs { get; init; }

    /// <summary>What went wrong, without any of the patient's data; the sample is then asked again when the run is resumed.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the model gave an answer that can be scored as one.</summary>
    [JsonIgnore]
    public bool IsAnswered => Error is null && Finish != FinishReason.NotAnswered && (PYes is not null || Output is not null);
}
