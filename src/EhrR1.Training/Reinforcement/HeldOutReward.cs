using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>The rewards that a model gets on prompts of patients that it never saw.</summary>
/// <param name="Prompts">The patients of the prompts with the mean reward of a prompt's completions, in the order of the set.</param>
/// <param name="WellFormed">The share of the decisions' completions that have the published form.</param>
/// <param name="Terms">The mean of each term.</param>
public sealed record HeldOutReward(IReadOnlyList<PromptReward> Prompts, double WellFormed, IReadOnlyDictionary<string, double> Terms)
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Draws completions of each prompt and rewards them.</summary>
    /// <param name="model">The model folder.</param>
    /// <param name="data">The prompts, as <c>ins rl --split test</c> writes them.</param>
    /// <param name="reward">The terms of the reward.</param>
    /// <param name="contexts">Finds a sample with its graph; needed where grounding is weighted.</param>
    /// <param name="settings">How completions are drawn.</param>
    /// <param name="each">Completions of each prompt.</param>
    /// <param name="cancellationToken">Stops between two tokens.</param>
    public static HeldOutReward Measure(string model, string data, RewardFunction reward, Func<string, RewardContext>? contexts, StageSettings settings, int each = 2, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var policy = ModelFolder.LoadModel(model, settings.Compute.Start());
        var tokenizer = ModelFolder.LoadTokenizer(model, policy.Config);
        var template = ChatTemplate.Load(model)!;
        var prompts = RolloutPromptReader.Read(data, cancellationToken);
        var rewards = new CompletionReward(reward, prompts, tokenizer, policy, contexts);
        var stops = GenerationDefaults.Read(model, policy.Config, tokenizer).EndTokens;
        var rollouts = new PolicyDraw(policy, settings.Reinforcement, rewards.NeedsWholeDraws, stops).Draw([.. prompts.Select((p, i) => (i, template.Encode(tokenizer, p.Messages)))], each, settings.Reinforcement.Seed, cancellationToken);
        var scores = rewards.Score(rollouts, cancellationToken);
        var means = new double[prompts.Count];
        for (var i = 0; i < scores.Count; i++)
            means[rollouts[i].Prompt] += scores[i].Total / each;
        var decisions = Enumerable.Range(0, scores.Count).Where(i => prompts[rollouts[i].Prompt].Task.Kind == TaskKind.Decision).ToList();
        return new HeldOutReward(
            [.. prompts.Select((p, i) => new PromptReward(p.SampleId, p.SubjectId, means[i]))],
            decisions.Count == 0 ? double.NaN : decisions.Average(i => scores[i].Terms["format"] > 0 ? 1.0 : 0.0),
            scores.SelectMany(s => s.Terms).GroupBy(t => t.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Average(t => t.Value), StringComparer.Ordinal));
    }

    /// <summary>The mean reward with its interval over patients.</summary>
    public ScoreInterval Mean() => Draws(PatientsOf(), (p, i) => p[i].Reward).Interval();

    /// <summary>How much higher the rewards are than another model's on the same prompts, with the interval of the pairs.</summary>
    public ScoreInterval Above(HeldOutReward other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Draws(PatientsOf(), (p, i) => p[i].Reward - other.Prompts[i].Reward).Interval();
    }

    /// <summary>Writes it to a file.</summary>
    /// <exception cref="Charts.EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, _json) + "\n");

    /// <summary>Reads what <see cref="Write"/> wrote; <see langword="null"/> where there is no such file.</summary>
    public static HeldOutReward? TryRead(string path) => File.Exists(path) ? JsonSerializer.Deserialize<HeldOutReward>(File.ReadAllText(path), _json) : null;

    private PatientIndex PatientsOf() => PatientIndex.Of(Prompts.Select(p => p.SubjectId));

    private ScoreDraws Draws(PatientIndex patients, Func<IReadOnlyList<PromptReward>, int, double> value)
    {
        var metric = MeanMetric.PrepareValues([.. Enumerable.Range(0, Prompts.Count).Select(i => value(Prompts, i))], [.. Prompts.Select(p => p.SubjectId)], patients);
        return PatientBootstrap.Run([metric], patients)[0];
    }
}
