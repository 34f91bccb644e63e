using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>The optional test whether a model finds a sample's answer by its chain alone.</summary>
internal sealed class InsSufficiency(InsOptions shared)
{
    private readonly Option<string?> _model = new("--sufficiency") { Description = "Reason, check: let this model answer each question by its chain alone, without the section that says the answer; a chain by which it does not find the answer does not pass.", HelpName = "ENDPOINT#MODEL" };
    private readonly Option<double> _least = new("--least-sufficiency") { Description = "Reason, check: the F1 that the answer by the chain must reach.", HelpName = "0..1", DefaultValueFactory = _ => new SufficiencyOptions().Least };

    public IReadOnlyList<Option> Options => [_model, _least];

    /// <summary>Says what is wrong with the options before anything is done.</summary>
    public void Require(CommandRun run)
    {
        if (run.Get(_least) is not (>= 0 and <= 1))
            throw CommandRun.UserError($"--least-sufficiency must be from 0 to 1, not {run.Get(_least)}", "Give the F1 that the answer must reach, such as 0.7");
        if (run.Get(_model) is { } model && !EndpointAddress.IsAddress(model))
            throw CommandRun.UserError($"'{model}' is no model for --sufficiency", "Give an endpoint and a model: http://127.0.0.1:8000/v1#Qwen3-8B");
        shared.Endpoint.Require(run);
    }

    /// <summary>Tests the chains of a folder that was checked.</summary>
    /// <returns>What was found; <see langword="null"/> where no model is named.</returns>
    public async Task<SufficiencyReport?> RunAsync(CommandRun run, string folder, Workspace workspace, ChainTitles titles)
    {
        if (run.Get(_model) is not { } model)
            return null;
        using var endpoint = await shared.Endpoint.OpenAsync(run, EndpointAddress.Parse(model)).ConfigureAwait(false);
        run.Say(EndpointText.Describe(endpoint.Profile));
        var ledger = shared.Endpoint.LedgerOf(run, SufficiencyRun.UsedBefore(folder, endpoint));
        var tokenizer = run.PathOf(shared.Tokenizer);
        ITokenCounter counter = tokenizer is not null ? ByteLevelTokenizer.Load(tokenizer) : endpoint.TokenCounter is { } own ? own : new EstimatedTokenCounter();
        var prompts = SufficiencyTest.PromptsOf(endpoint.Name, counter, endpoint.Profile.ContextTokens);
        var options = new SufficiencyOptions { Least = run.Get(_least), Concurrency = run.Get(shared.Endpoint.Concurrency), Titles = titles };
        return await SufficiencyRun.RunAsync(folder, workspace, new MeteredModel(new ResilientModel(endpoint), ledger), prompts, options, ledger, new Shown(run.Progress), run.Cancellation).ConfigureAwait(false);
    }

    /// <summary>The exit code, with what was not tested said.</summary>
    public static int CodeOf(CommandRun run, SufficiencyReport? report)
    {
        if (report?.Tasks[^1] is not { } all || all.Tested == all.Chains)
            return ExitCode.Done;
        foreach (var failure in report.Failures.Take(5))
            run.Say($"Not tested: {failure.Id}: {failure.Reason}");
        if (report.Stopped is { } stopped)
            run.Say(stopped);
        run.Say($"{ConceptText.Number(all.Chains - all.Tested)} chains were not tested for sufficiency. Give the same command again to test them.");
        return ExitCode.Partial;
    }

    private sealed class Shown(IProgress<StageProgress> progress) : IProgress<RequestProgress>
    {
        public void Report(RequestProgress value) => progress.Report(new StageProgress("Testing for sufficiency", value.Done, value.Total, "chains"));
    }
}
