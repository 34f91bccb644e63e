using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>The samples' own text, for models that count no tokens.</summary>
internal sealed class PlainPrompts : ISamplePrompts
{
    public Task<WrittenPrompt> WriteAsync(BenchmarkSample sample, int refused, CancellationToken cancellationToken) => Task.FromResult(new WrittenPrompt
    {
        Prompt = ModelPrompt.Of(new TaskQuestion(sample.Id, sample.Task, sample.Prompt)),
        MaxNewTokens = new SamplingSettings().MaxNewTokens,
        Tokens = 0,
        CutTokens = 0,
        Shots = 0,
        CutShots = 0,
        DroppedShots = 0,
        Thinks = false,
        AnswersAtOnce = true,
    });

    public bool Learn(int? limit) => false;
}
