using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>Writes a model's prompts for samples of a benchmark.</summary>
/// <remarks>
/// A model that was trained on EHR-Bench gets the input, a newline and the question, to the letter; any other gets the candidates and a line
/// that asks for the bare answer after it. Examples come first, each as a question with its answer. What does not fit into the context goes in this order: examples
/// are cut, then left out, then the sample's own input is cut from the left; never the question. Risk questions are asked without thinking.
/// Safe for use by any number of threads if the counter is.
/// </remarks>
public sealed class PromptWriter
{
    // Less of an example's input than this many characters shows nothing.
    private const int ShortestCutShot = 200;

    private readonly ModelProfile _profile;
    private readonly PromptOptions _options;
    private readonly PromptBudget _budget;
    private readonly ThinkingSwitch _switch;

    /// <summary>Makes a writer for a model.</summary>
    /// <param name="profile">The model's profile.</param>
    /// <param name="counter">What counts its tokens.</param>
    /// <param name="options">What the user set; the default values if <see langword="null"/>.</param>
    /// <exception cref="EhrR1Exception">The model cannot think, or not be kept from it, as the options ask.</exception>
    public PromptWriter(ModelProfile profile, ITokenCounter counter, PromptOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(counter);
        _profile = profile;
        _options = options ?? new PromptOptions();
        _budget = new PromptBudget(counter);
        _switch = profile.Thinking == ThinkingHabit.Never ? ThinkingSwitch.None : _options.Switch ?? profile.Switch;
        if (_options.Think == true && profile.Thinking == ThinkingHabit.Never)
            throw new EhrR1Exception("The model never thinks", $"model profile {profile.Name}", "Leave thinking off, or choose another model profile");
        if (_options.Think == false && profile.Thinking == ThinkingHabit.Always && _switch == ThinkingSwitch.None)
            throw new EhrR1Exception("The model always thinks", $"model profile {profile.Name}", "Leave thinking on, or choose a way of switching");
        if (_options.Think is not null && profile.Thinking == ThinkingHabit.Unknown && _switch == ThinkingSwitch.None)
            throw new EhrR1Exception("It is not known how the model's thinking is switched", $"model profile {profile.Name}", "Choose a model profile or a way of switching, or leave thinking to the model");
        if (_options.Effort is not ("low" or "medium" or "high"))
            throw new EhrR1Exception($"There is no reasoning effort '{_options.Effort}'", null, "Choose low, medium or high");
    }

    /// <summary>Writes a sample's prompt.</summary>
    /// <param name="sample">The sample; its answer is not read.</param>
    /// <param name="shots">Examples that are shown before, with their answers; none if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EhrR1Exception">The question alone does not fit into the context.</exception>
    public async Task<WrittenPrompt> WriteAsync(BenchmarkSample sample, IReadOnlyList<BenchmarkSample>? shots = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var told = Told(sample);
        var thinks = Thinks(told);
        var context = _options.Context ?? _profile.Context;
        var atOnce = thinks != true && _switch is not (ThinkingSwitch.SoftSwitch or ThinkingSwitch.ReasoningEffort);
        var newTokens = NewTokens(sample, thinks, context, atOnce);
        var prefill = thinks == false && _switch == ThinkingSwitch.EmptyBlock ? _profile.EmptyBlock : null;
        var messages = new List<PromptMessage>();
        if (_profile.SystemText is { } system)
            messages.Add(new PromptMessage(PromptRole.System, system));
        var fixedTokens = _profile.TemplateTokens + _profile.TokensPerMessage;
        foreach (var text in new[] { _profile.SystemText, prefill })
            fixedTokens += text is null ? 0 : _profile.TokensPerMessage + await _budget.Counter.CountAsync(text, cancellationToken);
        var limit = context - newTokens - fixedTokens;
        var question = QuestionOf(sample) + SoftSwitch(thinks);
        var own = await _budget.FitAsync(sample.Input, question, limit, sample.Id, cancellationToken);
        var (turns, shotTokens, cutShots) = own.CutTokens > 0 || shots is null ? ([], 0, 0) : await WriteShotsAsync(shots, limit - own.Tokens, cancellationToken);
        messages.AddRange(turns);
        messages.Add(new PromptMessage(PromptRole.User, own.Text));
        if (prefill is not null)
            messages.Add(new PromptMessage(PromptRole.Assistant, prefill));
        return new WrittenPrompt
        {
            Prompt = new ModelPrompt(messages, new TaskQuestion(sample.Id, sample.Task, sample.Prompt)) { TemplateArguments = TemplateArguments(told, thinks), ContinuesLastMessage = prefill is not null },
            MaxNewTokens = newTokens,
            Tokens = fixedTokens + own.Tokens + shotTokens,
            CutTokens = own.CutTokens,
            Shots = turns.Count / 2,
            CutShots = cutShots,
            DroppedShots = (shots?.Count ?? 0) - (turns.Count / 2),
            Thinks = thinks,
            AnswersAtOnce = atOnce,
        };
    }

    // Of a risk that is answered at once one token is read. In a small context the answer leaves the question three quarters.
    private int NewTokens(BenchmarkSample sample, bool? thinks, int context, bool atOnce)
    {
        var isToken = sample.Kind == TaskKind.Risk && atOnce;
        var isLong = !isToken && (thinks != false || PromptWords.IsFreeText(sample));
        var most = Math.Clamp(isLong ? _profile.MaxNewTokensThinking : _profile.MaxNewTokensDirect, 1, Math.Max(1, context / 4));
        // What was asked for is meant for answers that are written; of a risk it would only take room from the chart.
        return _options.MaxNewTokens is not { } asked ? most : isToken ? Math.Min(asked, most) : asked;
    }

    // What is left is shared out evenly among the examples that are still to come, so that short ones leave room for long ones.
    private async ValueTask<(List<PromptMessage> Turns, int Tokens, int Cut)> WriteShotsAsync(IReadOnlyList<BenchmarkSample> shots, int room, CancellationToken cancellationToken)
    {
        var turns = new List<PromptMessage>();
        int used = 0, cut = 0;
        for (var i = 0; i < shots.Count; i++)
        {
            var question = QuestionOf(shots[i]);
            var answer = (2 * _profile.TokensPerMessage) + await _budget.Counter.CountAsync(shots[i].Output, cancellationToken);
            var share = ((room - used) / (shots.Count - i)) - answer;
            if (share <= 0 || await _budget.TryFitAsync(shots[i].Input, question, share, cancellationToken) is not { } fitted)
                continue;
            if (fitted.CutTokens > 0 && fitted.Text.Length - question.Length < ShortestCutShot)
                continue;
            turns.Add(new PromptMessage(PromptRole.User, fitted.Text));
            turns.Add(new PromptMessage(PromptRole.Assistant, shots[i].Output));
            used += fitted.Tokens + answer;
            cut += fitted.CutTokens > 0 ? 1 : 0;
        }

        return (turns, used, cut);
    }

    // All that follows the input, from the newline on.
    private string QuestionOf(BenchmarkSample sample)
    {
        var question = "\n" + sample.Instruction;
        if (!(_options.Candidates ?? !_profile.IsTrainedOnEhrBench))
            return question;
        // The line for risks names both candidates itself.
        if (sample.Kind == TaskKind.Decision && sample.Candidates.Count > 0)
            question += $"\n\n{PromptWords.Candidates}\n{string.Join('\n', sample.Candidates)}";
        return $"{question}\n\n{PromptWords.AnswerOf(sample)}";
    }

    private bool? Told(BenchmarkSample sample) => sample.Kind == TaskKind.Risk ? false : _options.Think;

    private bool? Thinks(bool? told) => _profile.Thinking switch
    {
        ThinkingHabit.Never => false,
        ThinkingHabit.AsTold => _switch == ThinkingSwitch.None ? null : told ?? true,
        ThinkingHabit.Always => _switch != ThinkingSwitch.EmptyBlock || told != false,
        _ => _switch == ThinkingSwitch.None ? null : told,
    };

    private string SoftSwitch(bool? thinks) => _switch != ThinkingSwitch.SoftSwitch || thinks is null ? "" : thinks.Value ? "\n/think" : "\n/no_think";

    private JsonObject? TemplateArguments(bool? told, bool? thinks) => _switch switch
    {
        ThinkingSwitch.TemplateArgument when thinks is { } on => new JsonObject { ["enable_thinking"] = on },
        ThinkingSwitch.ReasoningEffort => new JsonObject { ["reasoning_effort"] = told == false ? "low" : _options.Effort },
        _ => null,
    };
}
