using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Models;
using EhrR1.Reasoning;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Lets a teacher, or the narrator, write chains of reasoning for samples that have a thinking graph.</summary>
internal sealed class InsReason(InsOptions shared) : InsAction("reason")
{
    private const string ReportFile = "reason.json";
    private const int DefaultContext = 32_000;

    // What a chat template puts around two messages.
    private const int TemplateTokens = 64;

    private readonly Option<string> _teacher = new("--teacher") { Description = "Reason: who writes: the narrator, which writes by rule and asks nobody, or a language model behind an endpoint.", HelpName = "narrator|ENDPOINT#MODEL", DefaultValueFactory = _ => Narrator.Name };
    private readonly Option<int> _n = CommonOptions.Count("--n", "Reason: how many chains a sample gets, of which the best is kept later.", 3);
    private readonly Option<double> _temperature = new("--temperature") { Description = "Reason: the temperature that a language model writes at.", HelpName = "NUMBER", DefaultValueFactory = _ => 0.5 };
    private readonly Option<bool> _withoutKnowledge = new("--without-knowledge") { Description = "Reason: keep the graph's paths from the teacher, for comparison." };
    private readonly Option<int> _newTokens = CommonOptions.Count("--max-new-tokens", "Reason: how long a chain may be, in tokens.", 2048);
    private readonly Option<int?> _context = CommonOptions.Limit("--context", "Reason: the model's context in tokens; longer records are cut from the left. The default is what the endpoint states, else 32,000.");
    private readonly Option<int> _concurrency = CommonOptions.Count("--concurrency", "Reason: samples asked about at once.", 16);
    private readonly Option<long?> _tokens = new("--budget-tokens") { Description = "Reason: stop before more tokens than this are used, read and written together.", HelpName = "N" };
    private readonly Option<string?> _prices = new("--prices") { Description = "Reason: the prices of a million prompt and completion tokens and, if they differ, of cached ones.", HelpName = "PROMPT,COMPLETION[,CACHED]" };
    private readonly Option<decimal?> _budget = new("--budget") { Description = "Reason: stop before more than this is spent, by the prices given.", HelpName = "MONEY" };
    private readonly Option<string?> _key = new("--key-file") { Description = "Reason: a file that holds the endpoint's key and nothing else. The default is the variable EHR_R1_API_KEY, or the service's own.", HelpName = "FILE" };

    public override bool ReadsWorkspace => true;

    public override IReadOnlyList<Option> Options => [_teacher, _n, _temperature, _withoutKnowledge, _newTokens, _context, _concurrency, _tokens, _prices, _budget, _key];

    public override async Task<int> RunAsync(CommandRun run, string folder)
    {
        var set = shared.FolderOf(run);
        ReasoningBuild.NeedFolder(set);
        var grounding = shared.Grounding(run);
        var to = Path.Combine(set, ReasoningBuild.ChainsFolder);
        if (run.IsSet(_budget) && !run.IsSet(_prices))
            throw CommandRun.UserError("--budget needs --prices: without them nothing costs anything", "Give the prices of a million tokens, or a limit with --budget-tokens");
        using var workspace = Workspace.OpenForWriting(folder);
        await EarlierStages.NeedAsync(run, workspace, benchmark: false).ConfigureAwait(false);
        var split = run.Get(shared.Split)!;
        NeedGraphs(run, workspace, split);
        var selection = Selection(run, workspace, split);
        IEnumerable<TaughtSample> Samples() => TaughtSamples.Read(workspace, workspace.PathOf(GraphStage.Folder), split, selection, run.Cancellation);
        var options = new SynthesisOptions { Chains = run.Get(_n), Concurrency = run.Get(_concurrency) };
        Workspace.CreateFolder(to);
        var report = run.Get(_teacher) == Narrator.Name
            ? await SynthesisRun.TellAsync(Samples, new NarratorTeacher(new Narrator(workspace.Manifest.Seed)), to, options, run.Cancellation).ConfigureAwait(false)
            : await AskAsync(run, Samples, to, options).ConfigureAwait(false);
        AtomicFile.WriteText(Path.Combine(to, ReportFile), JsonSerializer.Serialize(report, ConceptStage.Json) + "\n");
        var settings = Settings(run, report);
        settings["graphs"] = workspace.Stage(GraphStage.NameOf(split))!.Fingerprint;
        AtomicFile.WriteText(Path.Combine(to, ChainFolder.ManifestFile), new JsonObject
        {
            ["program"] = Workspace.ProgramVersion,
            ["workspace"] = Path.GetRelativePath(to, workspace.Folder).Replace('\\', '/'),
            ["split"] = split,
            ["settings"] = settings.DeepClone(),
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
        using var terminology = run.PathOf(shared.Terminology) is { } path ? Terminology.Open(path) : null;
        var check = new ChainCheckOptions { Terminology = terminology, Grounding = grounding, GraphFolder = GraphStage.Folder };
        var chains = new TaughtChains
        {
            Folder = to,
            Samples = SampleCounts.ByTask(workspace, split, TasksOf(run, workspace, report), selection, run.Cancellation),
            Written = report,
            Checked = ChainCheckRun.Run(to, workspace, check, run.Progress, run.Cancellation),
            LeastMeasure = grounding.LeastMeasure,
            Settings = settings,
            Prices = run.Get(_prices) is { } prices ? TokenPriceText.Parse(prices) : null,
        };
        var manifest = ReasoningBuild.Write(workspace, set, chains, shared.Read(run), run.Progress, run.Cancellation);
        return new ReasonResult(report, chains.Checked, manifest, set).Say(run, workspace.Manifest.Synthetic, run.Get(shared.Json));
    }

    /// <summary>The settings that decide what is written; where it goes and what it may cost do not.</summary>
    private JsonObject Settings(CommandRun run, SynthesisReport report)
    {
        var settings = new JsonObject { ["teacher"] = report.Teacher, ["template"] = report.Template };
        foreach (var option in Options.Except([_teacher, _concurrency, _tokens, _prices, _budget, _key]).Append(shared.PerTask).Append(shared.Tasks))
        {
            if (run.Effective[option.Name.TrimStart('-')] is { } value)
                settings[option.Name.TrimStart('-').Replace('-', '_')] = value.DeepClone();
        }

        return settings;
    }

    /// <summary>The tasks whose samples could get a chain: those that graphs were made for, of these the named ones, and any that were asked about.</summary>
    private IReadOnlyCollection<string> TasksOf(CommandRun run, Workspace workspace, SynthesisReport report)
    {
        var made = GraphStage.Summary(workspace, run.Get(shared.Split)!).Tasks.Select(t => t.Task);
        var named = CommonOptions.NamesIn(run.Get(shared.Tasks));
        return [.. made.Where(t => named?.Contains(t) != false).Union(report.Tasks.Select(t => t.Task), StringComparer.Ordinal)];
    }

    private void NeedGraphs(CommandRun run, Workspace workspace, string split)
    {
        var choice = TerminologyChoice.Of(run, workspace, run.PathOf(shared.Terminology));
        KnowledgeOptions.NeedConcepts(run, workspace, choice);
        LiftStage.Run(run, workspace, LiftStage.Recorded(workspace));
        if (!GraphStage.Run(run, workspace, choice, GraphStage.Recorded(workspace, split)))
            run.Say("The thinking graphs were made with the settings on record.");
    }

    private SampleSelection? Selection(CommandRun run, Workspace workspace, string split) => run.Get(shared.PerTask) is null && run.Get(shared.Tasks) is null or [] ? null : BenchmarkBuilder.Draw(
        workspace,
        new DrawOptions { PerTask = run.Get(shared.PerTask) ?? int.MaxValue, Split = split, Seed = workspace.Manifest.Seed, Tasks = CommonOptions.NamesIn(run.Get(shared.Tasks)), Filter = DrawFilter.For(workspace.Profile) },
        run.Cancellation);

    private async Task<SynthesisReport> AskAsync(CommandRun run, Func<IEnumerable<TaughtSample>> samples, string to, SynthesisOptions options)
    {
        var address = EndpointAddress.Parse(run.Get(_teacher)!);
        using var endpoint = await OpenAiModel.OpenAsync(address, new EndpointOptions { Key = EndpointKey.Find(address, run.PathOf(_key), run.Terminal.Variable), Data = run.Data }, cancellationToken: run.Cancellation).ConfigureAwait(false);
        var ledger = new Ledger(run.Get(_prices) is { } prices ? TokenPriceText.Parse(prices) : null, new Budget { Money = run.Get(_budget), Tokens = run.Get(_tokens) }, SynthesisRun.UsedBefore(to, endpoint));
        var model = new MeteredModel(new ResilientModel(endpoint), ledger);
        var tokenizer = run.PathOf(shared.Tokenizer);
        ITokenCounter counter = tokenizer is not null ? ByteLevelTokenizer.Load(tokenizer) : endpoint.TokenCounter is { } own ? own : new EstimatedTokenCounter();
        int context = run.Get(_context) ?? endpoint.Profile.ContextTokens ?? DefaultContext, most = Math.Min(run.Get(_newTokens), Math.Max(1, context / 2));
        var template = TeacherTemplate.Get(run.Get(_withoutKnowledge) ? "without-knowledge" : "with-knowledge");
        var sampling = new SamplingSettings { Temperature = run.Get(_temperature), MaxNewTokens = most, Seed = 0 };
        return await SynthesisRun.RunAsync(
            samples, model, m => new ModelTeacher(m, template, new PromptBudget(counter), context - most - TemplateTokens, sampling), to, options, ledger, new Shown(run.Progress), run.Cancellation).ConfigureAwait(false);
    }

    private sealed class Shown(IProgress<StageProgress> progress) : IProgress<RequestProgress>
    {
        public void Report(RequestProgress value) => progress.Report(new StageProgress("Asking the teacher", value.Done, value.Total, "samples"));
    }
}
