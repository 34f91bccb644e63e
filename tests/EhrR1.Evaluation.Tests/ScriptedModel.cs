using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Evaluation.Tests;

/// <summary>A model whose answers follow from the sample's id, and which remembers what it was asked.</summary>
internal sealed class ScriptedModel : IModelSource, ILanguageModel
{
    /// <summary>The ids asked, in the order of asking.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Calls whose first try fails.</summary>
    public Func<string, bool> Fails { get; init; } = _ => false;

    /// <summary>Tasks that it gives no answer to.</summary>
    public Func<TaskQuestion, bool> Declines { get; init; } = q => q.Task == "discharge";

    /// <summary>How it dresses the items of its answers.</summary>
    public Func<string, string> Writes { get; init; } = items => items;

    public string Name { get; init; } = "scripted";

    public JsonObject Settings { get; init; } = new() { ["temperature"] = 0 };

    public Task<OpenedModel> OpenAsync(BenchmarkSource benchmark, RunFolder run, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
        => Task.FromResult(new OpenedModel(this));

    public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        var question = Take(request.Prompt);
        var text = Share(question.Id) switch { < 0.3 => "Sodium", < 0.7 => "sodium\nGlucose", _ => "Potassium\nGlucose" };
        return Task.FromResult(new GenerationResponse(
            [Declines(question) ? new Completion("", FinishReason.NotAnswered) : new Completion(Writes(text), FinishReason.Stop)], new TokenUsage(10, 2)));
    }

    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
    {
        var question = Take(request.Prompt);
        var yes = 0.05 + (0.9 * Share(question.Id));
        return Task.FromResult(Declines(question) ? null : new AnswerScores([Math.Log(yes), Math.Log(1 - yes)], "scripted", new TokenUsage(10, 1)));
    }

    private TaskQuestion Take(ModelPrompt prompt)
    {
        var question = prompt.Question!;
        var again = Asked.Contains(question.Id);
        Asked.Enqueue(question.Id);
        return Fails(question.Id) && !again ? throw new HttpRequestException("the text of a prompt") : question;
    }

    private static double Share(string id) => uint.Parse(FileHash.OfText(id)[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture) / (double)uint.MaxValue;
}
