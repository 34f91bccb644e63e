using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>The reward of reinforcement learning for completions that were drawn here.</summary>
/// <remarks>
/// Where calibration is weighted, a risk's answer is rewarded by ±(y − p), + for yes and − for no, with p the policy's own probability of yes before the
/// answer and y the outcome: the expected gradient of that is the one of the Brier score −(y − p)², while a reward for the right word alone drives p to 0 or
/// 1. It keeps its scale only undivided (<see cref="RolloutScore.KeepsScale"/>), and is that gradient only of answers drawn as probable as they are (<see cref="NeedsWholeDraws"/>). Completions are scored in parallel; the scores do not depend on that.
/// </remarks>
public sealed class CompletionReward : IRolloutReward
{
    private readonly RewardFunction _function;
    private readonly IReadOnlyList<RolloutPrompt> _prompts;
    private readonly ByteLevelTokenizer _tokenizer;
    private readonly DecoderModel _policy;
    private readonly Func<string, RewardContext>? _contexts;
    private readonly int[] _emptyThought;
    private readonly IReadOnlyList<IReadOnlyList<int>> _yesAndNo;

    /// <summary>Makes the reward.</summary>
    /// <param name="function">The terms.</param>
    /// <param name="prompts">The prompts, in the order of their places.</param>
    /// <param name="tokenizer">Makes texts of completions.</param>
    /// <param name="policy">The policy, asked for its probabilities where calibration is weighted.</param>
    /// <param name="contexts">Finds a sample with its graph; needed where grounding is weighted.</param>
    public CompletionReward(RewardFunction function, IReadOnlyList<RolloutPrompt> prompts, ByteLevelTokenizer tokenizer, DecoderModel policy, Func<string, RewardContext>? contexts = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (_function, _prompts, _tokenizer, _policy, _contexts) = (function, prompts, tokenizer, policy, contexts);
        _emptyThought = tokenizer.EncodeTemplate(function.Options.PromptOpensThinking ? ChatTemplate.EmptyThoughtEnd : ChatTemplate.EmptyThought);
        _yesAndNo = [tokenizer.Encode("yes"), tokenizer.Encode("no")];
    }

    /// <summary>Whether completions of a prompt must be drawn from all tokens at temperature 1: of a nucleus that holds one answer alone, calibration would learn nothing, however wrong its probability is.</summary>
    /// <param name="place">The prompt's place.</param>
    public bool NeedsWholeDraws(int place) => _function.Options.Weights.Calibration > 0 && _prompts[place].Task.Kind == TaskKind.Risk;

    /// <inheritdoc/>
    public IReadOnlyList<RolloutScore> Score(IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rollouts);
        var chances = Chances(rollouts, cancellationToken);
        var scores = new RolloutScore[rollouts.Count];
        Parallel.For(0, rollouts.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => scores[i] = Score(rollouts[i], chances));
        return scores;
    }

    private RolloutScore Score(Rollout rollout, Dictionary<int, double> chances)
    {
        var prompt = _prompts[rollout.Prompt];
        var request = new RewardRequest
        {
            Completion = _tokenizer.Decode(rollout.Tokens, withoutSpecialTokens: true),
            Labels = prompt.Labels,
            Task = prompt.Task,
            SampleId = prompt.SampleId,
            Context = _function.NeedsContext && prompt.Task.Kind == TaskKind.Decision ? _contexts?.Invoke(prompt.SampleId) : null,
        };
        var score = _function.Score(request);
        var terms = score.Terms.Named().ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal);
        if (!chances.TryGetValue(rollout.Prompt, out var yes))
        {
            terms.Remove("calibration");
            return new RolloutScore(score.Total, terms);
        }

        var weight = _function.Options.Weights.Calibration;
        var outcome = prompt.Labels[0] == "yes" ? 1 : 0;
        var calibrated = Scoring.AnswerReader.ReadYesNo(request.Completion) switch { true => outcome - yes, false => yes - outcome, null => -1 };
        var total = score.Total - (weight * score.Terms.Calibration) + (weight * calibrated);
        terms["calibration"] = calibrated;
        terms["brier"] = (outcome - yes) * (outcome - yes);
        return new RolloutScore(total, terms) { KeepsScale = true };
    }

    private Dictionary<int, double> Chances(IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken)
    {
        var chances = new Dictionary<int, double>();
        if (_function.Options.Weights.Calibration == 0)
            return chances;
        foreach (var rollout in rollouts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_prompts[rollout.Prompt].Task.Kind != TaskKind.Risk || chances.ContainsKey(rollout.Prompt))
                continue;
            var logs = AnswerLikelihood.Of(_policy, [.. rollout.PromptTokens, .. _emptyThought], _yesAndNo);
            chances[rollout.Prompt] = 1 / (1 + Math.Exp(logs[1] - logs[0]));
        }

        return chances;
    }
}
