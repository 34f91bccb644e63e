using EhrR1.Evaluation;
using EhrR1.Models;
using EhrR1.Reasoning;
using EhrR1.Tasks;

namespace EhrR1.TrainCli;

/// <summary>A benchmark's samples as prompts of EHR-Ins: to the letter what a model trained on it has seen, cut in the same way.</summary>
/// <remarks>
/// Risks are always answered at once, behind an empty thought that the prompt ends with, as the chat template ends it where thinking is off. Safe for use by any number of threads.
/// </remarks>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="positions">
/// Tokens of prompt and answer together at most, chat template included; the beginning of longer inputs is cut. A model that has never seen more is lost beyond, so room is left for the longest answer.
/// </param>
/// <param name="thinks">Whether decisions are thought about.</param>
/// <param name="newTokens">Tokens of an answer at most.</param>
internal sealed class InstructionPrompts(ByteLevelTokenizer tokenizer, int positions, bool thinks, int newTokens) : ISamplePrompts
{
    // What the chat template puts around the messages, an upper bound; as ins direct reckons.
    private const int TemplateTokens = 3 * 8;

    /// <summary>The room for a risk's answer: an empty thought, yes or no, and the end of the turn.</summary>
    public const int RiskTokens = 8;

    private readonly PromptBudget _budget = new(tokenizer);

    public async Task<WrittenPrompt> WriteAsync(BenchmarkSample sample, int refused, CancellationToken cancellationToken)
    {
        var isRisk = sample.Kind == TaskKind.Risk;
        var isThought = thinks && !isRisk;
        var question = CaseText.Question(sample.Instruction, isThought);
        var fitted = await _budget.FitAsync(sample.Input, question, positions - (isRisk ? RiskTokens : newTokens) - TemplateTokens - tokenizer.Count(CaseText.System), sample.Id, cancellationToken).ConfigureAwait(false);
        List<PromptMessage> messages = [new(PromptRole.System, CaseText.System), new(PromptRole.User, fitted.Text)];
        if (!isThought)
            messages.Add(new PromptMessage(PromptRole.Assistant, ChatTemplate.EmptyThought));
        return new WrittenPrompt
        {
            Prompt = new ModelPrompt(messages) { ContinuesLastMessage = !isThought },
            MaxNewTokens = newTokens,
            Tokens = fitted.Tokens + TemplateTokens,
            CutTokens = fitted.CutTokens,
            Shots = 0,
            CutShots = 0,
            DroppedShots = 0,
            Thinks = isThought,
            AnswersAtOnce = !isThought,
        };
    }

    public bool Learn(int? limit) => false;
}
