using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>What a run would ask and cost, without asking anything.</summary>
public sealed record EvaluationPlan
{
    // Enough to know the mean length within a few per cent.
    private const int Counted = 500;

    /// <summary>The samples that would be asked, one request each; a way to probabilities that asks more often costs more.</summary>
    public required int Samples { get; init; }

    /// <summary>Those of risk tasks.</summary>
    public required int Risks { get; init; }

    /// <summary>About how many tokens the prompts have, from up to 500 of them.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>New tokens at most: a model that ends earlier writes fewer.</summary>
    public required long NewTokensAtMost { get; init; }

    /// <summary>About how many prompts would be cut to the context.</summary>
    public required int Cut { get; init; }

    /// <summary>About how many prompts would have fewer examples than were asked for, because there is no room or the task's pool has fewer.</summary>
    public required int ShortOfShots { get; init; }

    /// <summary>What counted the tokens.</summary>
    public required string Counter { get; init; }

    /// <summary>The context that prompts are cut to, in tokens.</summary>
    public required int Context { get; init; }

    /// <summary>The model's profile.</summary>
    public required string Profile { get; init; }

    /// <summary>What the prompts, each read once, and all allowed new tokens cost; P(yes) by echo or by drawing reads a prompt several times. <see langword="null"/> where no prices are known.</summary>
    public decimal? CostAtMost { get; init; }

    /// <summary>The currency of <see cref="CostAtMost"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>The first sample's id.</summary>
    public required string ExampleId { get; init; }

    /// <summary>The first sample's prompt, whole.</summary>
    public required WrittenPrompt Example { get; init; }

    /// <summary>Plans a run; the endpoint is not reached, so its context and its way of counting are not known.</summary>
    /// <exception cref="EhrR1Exception">The benchmark, the tokenizer or the profile cannot be had, or nothing would be asked.</exception>
    public static async Task<EvaluationPlan> MakeAsync(EndpointSourceOptions model, EvaluationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var benchmark = BenchmarkSource.Open(options.Source);
        var profile = EndpointSource.ProfileOf(model, model.Address.Model ?? "");
        ITokenCounter counter = EndpointSource.Tokenizer(model).Tokenizer ?? (ITokenCounter)new EstimatedTokenCounter();
        var pool = model.Shots > 0 ? ShotPool.Draw(benchmark, model.Shots, options.Tasks, cancellationToken) : ShotPool.Empty;
        var prompts = new EndpointPrompts(profile, counter, model.Prompts, model.Prompts.Context ?? profile.Context, pool.ByTask);
        var kinds = EvaluationRunner.Chosen(benchmark.ReadByPatient(), options).Select(s => s.Kind).ToList();
        var step = Math.Max(1, (kinds.Count + Counted - 1) / Counted);
        var written = new List<(BenchmarkSample Sample, WrittenPrompt Prompt)>();
        foreach (var (i, sample) in EvaluationRunner.Chosen(benchmark.ReadByPatient(), options).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i % step == 0)
                written.Add((i == 0 ? sample : sample with { Input = "", Output = "" }, await prompts.WriteAsync(sample, 0, cancellationToken)));
            if (written.Count > 1)
                written[^1] = (written[^1].Sample, written[^1].Prompt with { Prompt = new ModelPrompt([]) });
        }

        if (written.Count == 0)
            throw new EhrR1Exception("There is nothing to ask: no sample is of the tasks that were named", options.Source, "Name other tasks, or leave --tasks out");
        var scale = (double)kinds.Count / written.Count;
        var usage = new TokenUsage((long)(written.Sum(w => (long)w.Prompt.Tokens) * scale), (long)(written.Sum(w => NewTokens(w.Sample, w.Prompt, model)) * scale));
        return new EvaluationPlan
        {
            Samples = kinds.Count,
            Risks = kinds.Count(k => k == TaskKind.Risk),
            PromptTokens = usage.Prompt,
            NewTokensAtMost = usage.Completion,
            Cut = (int)(written.Count(w => w.Prompt.CutTokens > 0) * scale),
            ShortOfShots = (int)(written.Count(w => w.Prompt.Shots < model.Shots) * scale),
            Counter = counter.Name,
            Context = prompts.Context,
            Profile = profile.Name,
            CostAtMost = model.Prices?.CostOf(usage),
            Currency = model.Prices?.Currency,
            ExampleId = written[0].Sample.Id,
            Example = written[0].Prompt,
        };
    }

    // One token of a risk, but whole answers of a model that thinks about it all the same.
    private static long NewTokens(BenchmarkSample sample, WrittenPrompt prompt, EndpointSourceOptions model)
        => sample.Kind != TaskKind.Risk ? prompt.MaxNewTokens : prompt.AnswersAtOnce ? 1 : (long)prompt.MaxNewTokens * model.Endpoint.Samples;
}
