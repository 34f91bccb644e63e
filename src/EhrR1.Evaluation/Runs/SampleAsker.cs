using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Asks a model one sample after the other: the prompt, the call, the answer as it goes into the log.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class SampleAsker(OpenedModel model, TimeProvider time)
{
    private static readonly string[] _yesAndNo = ["yes", "no"];

    /// <summary>Asks a sample. A call that fails gives an answer with an error; what no sample can mend is thrown.</summary>
    /// <exception cref="EhrR1Exception">The model cannot be asked at all any more.</exception>
    public async Task<RunAnswer> AskAsync(BenchmarkSample sample, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var answer = new RunAnswer { Id = sample.Id, Task = sample.Task, PromptSha256 = "" };
        for (int tries = 0, refused = 0; ; tries++)
        {
            var written = await model.Prompts.WriteAsync(sample, refused, cancellationToken);
            answer = answer with
            {
                PromptSha256 = HashOf(written.Prompt),
                PromptTokens = written.Tokens > 0 ? written.Tokens : null,
                CutTokens = written.CutTokens > 0 ? written.CutTokens : null,
                Shots = written.Shots > 0 ? written.Shots : null,
                MaxNewTokens = written.Tokens > 0 ? written.MaxNewTokens : null,
            };
            try
            {
                answer = sample.Kind == TaskKind.Risk ? await ScoreAsync(answer, written, cancellationToken) : await WriteAsync(answer, written, cancellationToken);
                break;
            }
            catch (ContextLengthException e) when (EndpointPrompts.MayTry(tries))
            {
                if (!model.Prompts.Learn(e.Limit))
                {
                    answer = answer with { Error = e.Message };
                    break;
                }

                // Written for a larger context than the server names, it is only written again, for that one: no input is cut by more because it came first.
                if (!(e.Limit < written.Tokens + written.MaxNewTokens))
                    refused++;
            }
            catch (Exception e) when (e is EndpointException or HttpRequestException or TimeoutException or IOException or JsonException)
            {
                // A message of any other kind may quote the prompt.
                answer = answer with { Error = e is EndpointException ? e.Message : e.GetType().Name };
                break;
            }
        }

        return answer with { LatencyMs = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 3) };
    }

    private async Task<RunAnswer> ScoreAsync(RunAnswer answer, WrittenPrompt written, CancellationToken cancellationToken)
    {
        var request = new AnswerScoringRequest(written.Prompt, _yesAndNo) { ThinkingTokens = written.AnswersAtOnce ? null : written.MaxNewTokens };
        var scores = await model.Model.ScoreAnswersAsync(request, cancellationToken);
        return answer with
        {
            PYes = scores?.ShareOfFirst(),
            LogPYes = Finite(scores?.LogProbabilities[0]),
            LogPNo = Finite(scores?.LogProbabilities[1]),
            PSource = scores?.Source,
            Usage = scores?.Usage ?? default,
            MaxNewTokens = request.ThinkingTokens,
        };
    }

    private async Task<RunAnswer> WriteAsync(RunAnswer answer, WrittenPrompt written, CancellationToken cancellationToken)
    {
        var request = new GenerationRequest { Prompt = written.Prompt, Sampling = new SamplingSettings { MaxNewTokens = written.MaxNewTokens } };
        var response = await model.Model.GenerateAsync(request, cancellationToken);
        return answer with { Output = response.Completions[0].Text, Finish = response.Completions[0].Finish, Usage = response.Usage };
    }

    private static double? Finite(double? logarithm) => logarithm is { } l && double.IsFinite(l) ? l : null;

    private static string HashOf(ModelPrompt prompt) => FileHash.OfText(prompt is { Messages: [var only], TemplateArguments: null }
        ? only.Text
        : JsonSerializer.Serialize(new { prompt.Messages, Template = prompt.TemplateArguments?.ToJsonString(), prompt.ContinuesLastMessage }, EvaluationJson.Lines));
}
