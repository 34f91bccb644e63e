using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>A baseline behind the seam of language models: it costs nothing and must be beaten.</summary>
/// <remarks>It reads <see cref="ModelPrompt.Question"/>, not the messages. Immutable; safe for use by any number of threads.</remarks>
public abstract class BaselineModel : ILanguageModel
{
    private static readonly string[] _yesAndNo = ["yes", "no"];

    private protected BaselineModel(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var question = QuestionOf(request.Prompt);
        var task = TaskCatalog.Get(question.Task);
        var text = task.Kind == TaskKind.Risk
            ? Probability(task, question) switch { null => null, >= 0.5 => "yes", _ => "no" }
            : Items(task, question) is { } items ? string.Join('\n', items) : null;
        var completion = new Completion(text ?? "", text is null ? FinishReason.NotAnswered : FinishReason.Stop);
        return Task.FromResult(new GenerationResponse([.. Enumerable.Repeat(completion, request.Completions)], default));
    }

    /// <inheritdoc/>
    /// <remarks>Only yes and no of risk tasks have probabilities.</remarks>
    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var question = QuestionOf(request.Prompt);
        var task = TaskCatalog.Get(question.Task);
        if (task.Kind != TaskKind.Risk || request.Answers.Any(a => !_yesAndNo.Contains(a)) || Probability(task, question) is not { } yes)
            return Task.FromResult<AnswerScores?>(null);
        return Task.FromResult<AnswerScores?>(new([.. request.Answers.Select(a => Math.Log(a == "yes" ? yes : 1 - yes))], "model", default));
    }

    /// <summary>Writes what was fitted into a folder, for inspection and for <see cref="Baselines.Load"/>.</summary>
    /// <exception cref="EhrR1Exception">The folder cannot be written.</exception>
    public abstract void Save(string folder);

    /// <summary>The items answered, best first; <see langword="null"/> where the task is not answered.</summary>
    private protected abstract IReadOnlyList<string>? Items(TaskDefinition task, TaskQuestion question);

    /// <summary>The probability of yes, above 0 and below 1; <see langword="null"/> where the task is not answered.</summary>
    private protected abstract double? Probability(TaskDefinition task, TaskQuestion question);

    private TaskQuestion QuestionOf(ModelPrompt prompt) => prompt.Question
        ?? throw new EhrR1Exception($"The baseline '{Name}' was asked something that is no task's question", null, "Ask it samples of a benchmark");
}
