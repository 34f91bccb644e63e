using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>Who writes the chains of <see cref="InsReason"/>, and how they are asked for.</summary>
internal sealed class InsTeacher(InsOptions shared)
{
    private const string NoRisks = "none";
    private const string TwoSided = "two-sided";
    private const int DefaultContext = 32_000;

    // What a chat template puts around two messages.
    private const int TemplateTokens = 64;

    private readonly Option<string> _teacher = new("--teacher") { Description = "Reason: who writes: the narrator, which writes by rule and asks nobody, or a language model behind an endpoint; of a batch the model's name is enough.", HelpName = "narrator|ENDPOINT#MODEL", DefaultValueFactory = _ => Narrator.Name };
    private readonly Option<int> _n = CommonOptions.Count("--n", "Reason: how many chains a sample gets, of which the best is kept later.", 3);
    private readonly Option<double> _temperature = new("--temperature") { Description = "Reason: the temperature that a language model writes at.", HelpName = "NUMBER", DefaultValueFactory = _ => 0.5 };
    private readonly Option<bool> _withoutKnowledge = new("--without-knowledge") { Description = "Reason: keep the graph's paths from the teacher, for comparison." };
    private readonly Option<string> _risk = CommonOptions.Word("--risk", "Reason: what risks get: nothing, as published, or rationales with evidence for, evidence against and a probability, by a language model that is not told the outcome.", NoRisks, NoRisks, TwoSided);
    private readonly Option<int> _newTokens = CommonOptions.Count("--max-new-tokens", "Reason: how long a chain may be, in tokens; where it would be longer, the narrator tells fewer facts, or nothing.", 2048);
    private readonly Option<int?> _context = CommonOptions.Limit("--context", "Reason: the model's context in tokens, chain included; longer records are cut from the left, and the narrator tells only what is left of them. The default is what the endpoint states, else 32,000; of the narrator the whole record.");
    private readonly InsBatch _batch = new();

    public IReadOnlyList<Option> Options => [_teacher, .. Deciding, .. _batch.Options];

    /// <summary>The options that decide what is asked.</summary>
    public IReadOnlyList<Option> Deciding => [_n, _temperature, _withoutKnowledge, _risk, _newTokens, _context];

    /// <summary>Whether risks get rationales.</summary>
    public bool WeighsRisks(CommandRun run) => run.Get(_risk) == TwoSided;

    /// <summary>Says what does not fit together before anything is done.</summary>
    public async Task RequireAsync(CommandRun run)
    {
        shared.Endpoint.Require(run);
        if (!IsNarrator(run))
        {
            await _batch.RequireAsync(run, run.Get(_teacher)!).ConfigureAwait(false);
            return;
        }

        if (WeighsRisks(run))
            throw CommandRun.UserError("The narrator weighs no risks: it tells what goes with an answer that it knows, and a two-sided rationale needs what speaks against it and must not know it", "Name a language model with '--teacher ENDPOINT#MODEL', or leave '--risk' out");
        if (_batch.IsWanted(run))
            throw CommandRun.UserError("The narrator asks nobody, so there is nothing for a batch", "Name the model with '--teacher MODEL', or leave the batch options out");
    }

    /// <summary>Lets the teacher write.</summary>
    /// <returns>What it wrote; <see langword="null"/> where requests were written down instead.</returns>
    public async Task<SynthesisReport?> WriteAsync(CommandRun run, Func<IEnumerable<TaughtSample>> samples, string to, long seed)
    {
        var options = new SynthesisOptions { Chains = run.Get(_n), Concurrency = run.Get(shared.Endpoint.Concurrency) };
        if (IsNarrator(run))
            return await SynthesisRun.TellAsync(samples, Narrate(run, seed), to, options, run.Cancellation).ConfigureAwait(false);
        if (_batch.IsWanted(run))
            return await _batch.RunAsync(run, run.Get(_teacher)!, samples, Teach(run, null, null), to, options).ConfigureAwait(false);
        using var endpoint = await shared.Endpoint.OpenAsync(run, EndpointAddress.Parse(run.Get(_teacher)!)).ConfigureAwait(false);
        var ledger = shared.Endpoint.LedgerOf(run, SynthesisRun.UsedBefore(to, endpoint));
        var model = new MeteredModel(new ResilientModel(endpoint), ledger);
        return await SynthesisRun.RunAsync(samples, model, Teach(run, endpoint.TokenCounter, endpoint.Profile.ContextTokens), to, options, ledger, new Shown(run.Progress), run.Cancellation).ConfigureAwait(false);
    }

    private bool IsNarrator(CommandRun run) => run.Get(_teacher) == Narrator.Name;

    private NarratorTeacher Narrate(CommandRun run, long seed)
    {
        var narrator = new Narrator(seed, withKnowledge: !run.Get(_withoutKnowledge));
        var most = ChainTokens(run, run.Get(_context) ?? int.MaxValue);
        return new NarratorTeacher(narrator, Budget(run, own: null), run.Get(_context) is { } context ? LimitOf(context, most) : int.MaxValue, most);
    }

    /// <summary>What makes the teacher of a model, by what is known of it.</summary>
    private Func<ILanguageModel, IChainTeacher> Teach(CommandRun run, ITokenCounter? own, int? ownContext)
    {
        var budget = Budget(run, own);
        int context = run.Get(_context) ?? ownContext ?? DefaultContext, most = ChainTokens(run, context);
        var sampling = new SamplingSettings { Temperature = run.Get(_temperature), MaxNewTokens = most, Seed = 0 };
        ModelTeacher By(ILanguageModel model, string template) => new(model, TeacherTemplate.Get(template), budget, LimitOf(context, most), sampling);
        var decisions = run.Get(_withoutKnowledge) ? "without-knowledge" : "with-knowledge";
        return model => WeighsRisks(run) ? new RiskTeacher(By(model, decisions), By(model, TwoSided)) : By(model, decisions);
    }

    private PromptBudget Budget(CommandRun run, ITokenCounter? own) => new(run.PathOf(shared.Tokenizer) is { } tokenizer ? ByteLevelTokenizer.Load(tokenizer) : own ?? new EstimatedTokenCounter());

    private int ChainTokens(CommandRun run, int context) => Math.Min(run.Get(_newTokens), Math.Max(1, context / 2));

    private static int LimitOf(int context, int chain) => context - chain - TemplateTokens;

    private sealed class Shown(IProgress<StageProgress> progress) : IProgress<RequestProgress>
    {
        public void Report(RequestProgress value) => progress.Report(new StageProgress("Asking the teacher", value.Done, value.Total, "samples"));
    }
}
