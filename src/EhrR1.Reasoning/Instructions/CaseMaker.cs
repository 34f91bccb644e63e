using System.Buffers;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Makes cases and prompts out of charts and rows of the task index.</summary>
/// <remarks>Ask for the cases of one chart together. Not safe for several threads at once.</remarks>
/// <param name="profile">The profile of the charts.</param>
/// <param name="hasDischargeNotes">As in <see cref="TaskIndexOptions.HasDischargeNotes"/>.</param>
/// <param name="kind">Direct cases, reasoning cases, or prompts for reinforcement learning, where decisions are thought about.</param>
/// <param name="options">Budget and counter.</param>
internal sealed class CaseMaker(ChartProfile profile, bool hasDischargeNotes, InstructionKind kind, InstructionOptions options)
{
    // What Qwen's chat template puts around a message, an upper bound; the beginning of the answer counts as one.
    private const int TemplateTokens = 3 * 8;

    private readonly SampleBuilder _samples = new(profile, hasDischargeNotes: hasDischargeNotes);
    private readonly PromptBudget _budget = new(options.Counter);
    private readonly ArrayBufferWriter<char> _text = new(1 << 16);
    private readonly int _systemTokens = CountOf(options.Counter, CaseText.System);

    /// <summary>Whether the last case lost the beginning of its record.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Makes a case.</summary>
    /// <param name="chart">The patient's chart.</param>
    /// <param name="row">A row of its index.</param>
    /// <param name="chain">The chain of a reasoning case.</param>
    /// <returns>The case, whose text holds until the next is made; <see langword="null"/> where question and answer alone are longer than the budget.</returns>
    public InstructionCase? Make(PatientChart chart, TaskIndexRow row, KeptChain? chain = null)
    {
        var task = row.Definition;
        var isPrompt = kind == InstructionKind.Reinforcement;
        // Risks are answered at once, in the published set and by the published reward.
        var question = CaseText.Question(task.Instruction, thinks: chain is not null || (isPrompt && task.Kind == TaskKind.Decision));
        var items = string.Join('\n', row.Labels);
        var answer = isPrompt ? "" : chain is null ? CaseText.DirectAnswer(items) : CaseText.ReasonedAnswer(chain.Text, items);
        var others = _systemTokens + CountOf(options.Counter, answer);
        _text.ResetWrittenCount();
        _samples.WriteInput(_text, chart, row);
        ReadOnlyMemory<char> user;
        int tokens;
        if (options.MaxTokens is { } most)
        {
            // Everything is in this process, so that nothing is waited for.
            if (_budget.TryFitAsync(_text.WrittenSpan.ToString(), question, most - Math.Max(others, _systemTokens + (isPrompt ? 0 : options.AnswerTokens)) - TemplateTokens, CancellationToken.None).AsTask().GetAwaiter().GetResult() is not { } fitted)
                return null;
            (user, tokens) = (fitted.Text.AsMemory(), fitted.Tokens);
            WasCut = fitted.CutTokens > 0;
        }
        else
        {
            _text.Write(question);
            (user, tokens) = (_text.WrittenMemory, CountOf(options.Counter, _text.WrittenSpan));
        }

        return new InstructionCase
        {
            Id = chain?.Chain.Id ?? row.Id,
            SampleId = row.Id,
            SubjectId = row.SubjectId,
            Task = task,
            Split = row.Split,
            Kind = kind,
            Teacher = chain?.Chain.Teacher,
            Labels = row.Labels,
            User = user,
            Assistant = answer,
            Tokens = tokens + others,
        };
    }

    private static int CountOf(ITokenCutter counter, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        return counter is EstimatedTokenCounter ? EstimatedTokenCounter.Count(text) : counter.CountAsync(text.ToString(), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
