using EhrR1.Models;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Asks a model for a sample's answer by its chain alone, without the section that says it.</summary>
/// <remarks>
/// A chain whose reasoning does not carry its conclusion teaches a model to conclude without reasons. The model is asked as in an evaluation, without candidates, and
/// read and scored as there: decisions by the F1 of the set of items, risks by the answer that has the higher probability. Thread-safe if the model is.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="prompts">Writes its prompts.</param>
public sealed class SufficiencyTest(ILanguageModel model, PromptWriter prompts)
{
    private const string Lead = "A physician who has read the record of a patient, which is not shown, reasoned as follows.\n\n";
    private static readonly string[] _yesAndNo = ["yes", "no"];

    /// <summary>Makes the writer of the prompts for a model: no candidates, and no thinking where it can be left out, since the chain is the thinking.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="counter">What counts its tokens.</param>
    /// <param name="context">The model's context in tokens, or <see langword="null"/> where it is not known.</param>
    public static PromptWriter PromptsOf(string model, ITokenCounter counter, int? context)
    {
        var profile = ModelProfiles.Of(model);
        return new PromptWriter(profile, counter, new PromptOptions { Candidates = false, Think = profile.Thinking == ThinkingHabit.AsTold ? false : null, Context = context });
    }

    /// <summary>Tests a chain.</summary>
    /// <param name="id">The chain's id.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="task">The sample's task.</param>
    /// <param name="answer">The sample's right answer.</param>
    /// <param name="vocabulary">The labels of the task's samples, for reading the answer; <see langword="null"/> where they are not known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The F1 of the model's answer, 0 to 1, with the tokens used; not a number where the model gives no probability for a risk.</returns>
    /// <exception cref="EndpointException">The call failed.</exception>
    public async Task<(double F1, TokenUsage Usage)> TestAsync(string id, ParsedChain chain, TaskDefinition task, IReadOnlyList<string> answer, AnswerVocabulary? vocabulary = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(answer);
        var sample = new BenchmarkSample { Idx = 0, Id = id, Task = task.Name, Kind = task.Kind, Instruction = task.Instruction, Input = Lead + ChainText.WithoutAnswer(chain), Output = "", Labels = [] };
        var written = await prompts.WriteAsync(sample, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (task.Kind == TaskKind.Risk)
        {
            var scores = await model.ScoreAnswersAsync(new AnswerScoringRequest(written.Prompt, _yesAndNo) { ThinkingTokens = written.AnswersAtOnce ? null : written.MaxNewTokens }, cancellationToken).ConfigureAwait(false);
            bool isKnown = scores?.LogProbabilities.Any(double.IsFinite) == true;
            return (!isKnown ? double.NaN : scores!.ShareOfFirst() >= 0.5 == answer.Contains("yes") ? 1 : 0, scores?.Usage ?? default);
        }

        var response = await model.GenerateAsync(new GenerationRequest { Prompt = written.Prompt, Sampling = new SamplingSettings { MaxNewTokens = written.MaxNewTokens } }, cancellationToken).ConfigureAwait(false);
        var own = AnswerReader.NormalizeLabels(answer);
        return (SetScore.Of(TolerantReader.Read(response.Completions[0].Text, vocabulary, own).Items, own).F1, response.Usage);
    }
}
