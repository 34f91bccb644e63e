using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>A language model behind an endpoint of the OpenAI protocol, asked with its own prompts.</summary>
/// <remarks>One run at a time. It is reached when it is made, so that what the endpoint has no model for is said before anything is written.</remarks>
public sealed class EndpointSource : IModelSource, IDisposable
{
    private readonly EndpointSourceOptions _options;
    private readonly OpenAiModel _model;
    private readonly ModelProfile _profile;
    private readonly ITokenCounter _counter;
    private readonly string? _tokenizerHash;
    private readonly TimeProvider _time;

    private EndpointSource(EndpointSourceOptions options, OpenAiModel model, ITokenCounter counter, string? tokenizerHash, TimeProvider time)
    {
        _options = options;
        _model = model;
        _profile = ProfileOf(options, model.Name);
        _counter = counter;
        _tokenizerHash = tokenizerHash;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => _model.Name;

    /// <summary>What the endpoint was found to be and to do.</summary>
    public EndpointProfile Endpoint => _model.Profile;

    /// <inheritdoc/>
    public JsonObject Settings => new()
    {
        ["endpoint"] = _options.Identity ?? Endpoint.Endpoint,
        ["profile"] = JsonSerializer.SerializeToNode(_profile, EvaluationJson.Options),
        ["prompts"] = JsonSerializer.SerializeToNode(_options.Prompts, EvaluationJson.Options),
        ["shots"] = _options.Shots,
        ["tokenizer"] = _tokenizerHash,
        ["counter"] = _counter.Name,
        ["temperature"] = 0,
    };

    /// <summary>Reaches a model.</summary>
    /// <param name="options">The endpoint, and how it is asked.</param>
    /// <param name="time">The clock of the waits between tries; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EhrR1Exception">The data policy refuses the endpoint, it does not answer, or it lacks the model; or the tokenizer or the profile cannot be had.</exception>
    public static async Task<EndpointSource> OpenAsync(EndpointSourceOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (tokenizer, hash) = Tokenizer(options);
        OpenAiModel model;
        try
        {
            model = await OpenAiModel.OpenAsync(options.Address, options.Endpoint, cancellationToken: cancellationToken);
        }
        catch (EndpointException e)
        {
            throw new EhrR1Exception($"The endpoint could not be tried out: {e.Message}", options.Address.ToString(), "Look at the server and its log, then run the command again", e);
        }

        try
        {
            return new EndpointSource(options, model, tokenizer ?? (ITokenCounter?)model.TokenCounter ?? new EstimatedTokenCounter(), hash, time ?? TimeProvider.System);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<OpenedModel> OpenAsync(BenchmarkSource benchmark, RunFolder run, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(run);

        // A run that goes on keeps to the context that it began with.
        var known = run.Exists && run.ReadManifest().Found?["context"] is { } context ? (int?)context : null;
        var pool = _options.Shots > 0 ? ShotPool.Draw(benchmark, _options.Shots, TasksOf(run), cancellationToken) : ShotPool.Empty;
        var prompts = new EndpointPrompts(_profile, _counter, _options.Prompts, _options.Prompts.Context ?? known ?? Endpoint.ContextTokens ?? _profile.Context, pool.ByTask);
        var used = run.Exists ? run.ReadAnswers().Values.Aggregate(default(TokenUsage), (sum, answer) => sum + answer.Usage) : default;
        var ledger = new Ledger(_options.Prices, _options.Budget, used);
        var model = new MeteredModel(new ResilientModel(_model, _options.Resilience, _time), ledger);
        return Task.FromResult(new OpenedModel(model, prompts)
        {
            Ledger = _options.Prices is null && _options.Budget == new Budget() ? null : ledger,
            Concurrency = _options.Concurrency,
            Shots = _options.Shots,
            Found = () => FoundNow(prompts, pool),
        });
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _model.Dispose();

    /// <summary>The profile that a model's prompts heed.</summary>
    internal static ModelProfile ProfileOf(EndpointSourceOptions options, string model) => options.Profile is { } named ? ModelProfiles.Get(named) : ModelProfiles.Of(model);

    /// <summary>The tokenizer that the user gave, with its file's hash.</summary>
    internal static (ByteLevelTokenizer? Tokenizer, string? Hash) Tokenizer(EndpointSourceOptions options)
        => options.Tokenizer is { } path ? (ByteLevelTokenizer.Load(path), FileHash.OfFile(ByteLevelTokenizer.FileOf(path))) : (null, null);

    private static string[]? TasksOf(RunFolder run)
        => run.Exists && run.ReadManifest().Settings["tasks"] is JsonArray tasks ? [.. tasks.Select(t => t!.ToString())] : null;

    private JsonObject FoundNow(EndpointPrompts prompts, ShotPool pool)
    {
        var found = JsonSerializer.SerializeToNode(Endpoint, EvaluationJson.Options)!.AsObject();
        found["context"] = prompts.Context;
        if (pool.ByTask.Count > 0)
            found["shots"] = JsonSerializer.SerializeToNode(pool.ByTask.ToDictionary(p => p.Key, p => p.Value.Select(s => s.Id), StringComparer.Ordinal), EvaluationJson.Options);
        return found;
    }
}
