using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Reasoning;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Lets a teacher, or the narrator, write chains of reasoning for samples that have a thinking graph, checks them, and makes cases of the best.</summary>
internal sealed class InsReason(InsOptions shared) : InsAction("reason")
{
    private const string ReportFile = "reason.json";
    private readonly InsTeacher _teacher = new(shared);

    public override bool ReadsWorkspace => true;

    public override IReadOnlyList<Option> Options => _teacher.Options;

    public override async Task<int> RunAsync(CommandRun run, string folder)
    {
        var set = shared.FolderOf(run);
        ReasoningBuild.NeedFolder(set);
        var grounding = shared.Grounding(run);
        var to = Path.Combine(set, ReasoningBuild.ChainsFolder);
        await _teacher.RequireAsync(run).ConfigureAwait(false);
        shared.Sufficiency.Require(run);
        using var workspace = Workspace.OpenForWriting(folder);
        await EarlierStages.NeedAsync(run, workspace, benchmark: false).ConfigureAwait(false);
        var taught = TaughtTasks.Of(run, shared, _teacher.WeighsRisks(run));
        taught.SayUnweighed(run);
        if (taught.NeedsGraphs)
            NeedGraphs(run, workspace, run.Get(shared.Split)!);
        var split = run.Get(shared.Split)!;
        var selection = Selection(run, workspace, taught, split);
        Workspace.CreateFolder(to);
        if (await _teacher.WriteAsync(run, () => taught.Read(workspace, split, selection, run.Cancellation), to, workspace.Manifest.Seed).ConfigureAwait(false) is not { } report)
            return ExitCode.Done;
        AtomicFile.WriteText(Path.Combine(to, ReportFile), JsonSerializer.Serialize(report, ConceptStage.Json) + "\n");
        var settings = Settings(run, report);
        settings["graphs"] = workspace.Stage(GraphStage.NameOf(split))?.Fingerprint;
        WriteManifest(to, workspace, split, settings);
        using var terminology = run.PathOf(shared.Terminology) is { } path ? Terminology.Open(path) : null;
        var check = new ChainCheckOptions { Terminology = terminology, Grounding = grounding, GraphFolder = GraphStage.Folder };
        var read = ChainCheckRun.Run(to, workspace, check, run.Progress, run.Cancellation);
        var sufficiency = await shared.Sufficiency.RunAsync(run, to, workspace, ChainTitles.None).ConfigureAwait(false);
        var chains = new TaughtChains
        {
            Folder = to,
            Samples = SampleCounts.ByTask(workspace, split, taught.Names(workspace, split, report), selection, run.Cancellation),
            Written = report,
            Checked = read,
            Sufficiency = sufficiency,
            Grounding = grounding,
            Settings = settings,
            Prices = shared.Endpoint.Prices(run),
        };
        var manifest = ReasoningBuild.Write(workspace, set, chains, shared.Read(run), run.Progress, run.Cancellation);
        var code = new ReasonResult(report, read, manifest, set).Say(run, workspace.Manifest.Synthetic, run.Get(shared.Json));
        return InsSufficiency.CodeOf(run, sufficiency) is var untested && code == ExitCode.Done ? untested : code;
    }

    /// <summary>The settings that decide what is written; where it goes, by which way and what it may cost do not.</summary>
    private JsonObject Settings(CommandRun run, SynthesisReport report)
    {
        var settings = new JsonObject { ["teacher"] = report.Teacher, ["template"] = report.Template };
        foreach (var option in _teacher.Deciding.Concat(shared.Sufficiency.Options.Where(run.IsSet)).Append(shared.PerTask).Append(shared.Tasks))
        {
            if (run.Effective[option.Name.TrimStart('-')] is { } value)
                settings[option.Name.TrimStart('-').Replace('-', '_')] = value.DeepClone();
        }

        return settings;
    }

    private static void WriteManifest(string to, Workspace workspace, string split, JsonObject settings) => AtomicFile.WriteText(Path.Combine(to, ChainFolder.ManifestFile), new JsonObject
    {
        ["program"] = Workspace.ProgramVersion,
        ["workspace"] = Path.GetRelativePath(to, workspace.Folder).Replace('\\', '/'),
        ["split"] = split,
        ["settings"] = settings.DeepClone(),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");

    private void NeedGraphs(CommandRun run, Workspace workspace, string split)
    {
        var choice = TerminologyChoice.Of(run, workspace, run.PathOf(shared.Terminology));
        KnowledgeOptions.NeedConcepts(run, workspace, choice);
        LiftStage.Run(run, workspace, LiftStage.Recorded(workspace));
        if (!GraphStage.Run(run, workspace, choice, GraphStage.Recorded(workspace, split)))
            run.Say("The thinking graphs were made with the settings on record.");
    }

    private SampleSelection? Selection(CommandRun run, Workspace workspace, TaughtTasks taught, string split) => run.Get(shared.PerTask) is null && run.Get(shared.Tasks) is null or [] ? null : taught.Draw(
        workspace,
        new DrawOptions { PerTask = run.Get(shared.PerTask) ?? int.MaxValue, Split = split, Seed = workspace.Manifest.Seed, Tasks = CommonOptions.NamesIn(run.Get(shared.Tasks)), Filter = DrawFilter.For(workspace.Profile) },
        run.Cancellation);
}
