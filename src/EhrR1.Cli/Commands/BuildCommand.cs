using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Ingest;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Builds charts and the task index from MIMIC-IV files or the paper's release.</summary>
internal sealed class BuildCommand : CliCommand
{
    private readonly Option<string?> _source = new("--source") { Description = "The MIMIC-IV folder with hosp, icu, ed and note, flat or as unpacked from PhysioNet; or the folder of the paper's own release with patients_ehr, ehr_bench and index_mapping. Which of them it is, the files tell.", HelpName = "FOLDER", Required = true };
    private readonly Option<string?> _out = new("--out") { Description = "The workspace to write: a new or empty folder, or an earlier workspace.", HelpName = "WORKSPACE" };
    private readonly Option<string?> _maps = new("--maps") { Description = "The folder of code maps (CCS, ATC). The default is 'maps' in the source folder. The paper's release brings its own.", HelpName = "FOLDER" };
    private readonly Option<string> _profile = CommonOptions.Word("--profile", "How charts and tasks are defined: ehr-bench as published, strict with what the published definitions get wrong put right.", "ehr-bench", "ehr-bench", "strict");
    private readonly Option<long> _seed = new("--seed") { Description = "The seed of splits, draws and candidates.", HelpName = "N", DefaultValueFactory = _ => 42 };
    private readonly Option<string[]> _tasks = CommonOptions.TaskList("--tasks", "Index these tasks only, separated by commas. The default is all.");
    private readonly Option<string?> _subjects = new("--subjects") { Description = "Build only the patients of this file, one subject_id a line.", HelpName = "FILE" };
    private readonly Option<int?> _limit = CommonOptions.Limit("--limit-patients", "Build only this many patients, by ascending subject_id. The default is all.");
    private readonly Option<string> _memory = CommonOptions.Memory();
    private readonly Option<string> _onBadRow = CommonOptions.Word("--on-bad-row", "What to do with a row that cannot be read: stop and say where, or leave it out, count it and list it.", "fail", "fail", "skip");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what was found, what is missing, and the expected time and disk." };
    private readonly Option<bool> _json = JsonOption("Print the result as JSON.");

    public BuildCommand()
        : base("build", "Builds patient charts and the task index from MIMIC-IV files or the paper's own release. A build that was stopped goes on where it stopped.", "ehr-r1 build --source mimic-iv --out workspace --maps maps", "ehr-r1 build --source mimic-iv --out workspace --profile strict --memory 2GiB --dry-run")
    {
        foreach (var option in (ReadOnlySpan<Option>)[_source, _out, _maps, _profile, _seed, _tasks, _subjects, _limit, _memory, _onBadRow, _dryRun, _json])
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_out) is null && !result.GetValue(_dryRun))
                result.AddError("Option '--out' is required: name the workspace to write.");
            if (result.GetResult(_subjects) is { Implicit: false } && result.GetResult(_limit) is { Implicit: false })
                result.AddError("--subjects and --limit-patients cannot be had together.");
        });
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_out);

    public override async Task<int> RunAsync(CommandRun run)
    {
        var options = OptionsOf(run);
        if (run.Get(_dryRun))
            return DryRun.Print(run, options, run.Get(_json));

        var began = run.Terminal.Time.GetTimestamp();
        // What is wrong with the source is said before anything is made.
        run.Say($"Source: {ChartSources.Open(options).Kind}");
        using var workspace = Workspace.Create(options.Workspace, new WorkspaceManifest { Profile = ChartProfileNames.NameOf(options.Profile), Seed = options.Seed });
        var charts = await ChartStage.RunAsync(workspace, options, run.Progress, run.Cancellation).ConfigureAwait(false);
        var tasks = new TaskIndexBuildOptions { Tasks = CommonOptions.NamesIn(run.Get(_tasks)) };
        var tasksWereCurrent = TaskStage.Run(workspace, tasks, run.Progress, run.Cancellation);
        var summary = new BuildSummary(workspace, charts, tasksWereCurrent, run.Terminal.Time.GetElapsedTime(began));
        if (run.Get(_json))
            run.WriteJson(summary.ToJson());
        else
            summary.Write(run);
        return charts.Skipped.Count > 0 ? ExitCode.Partial : ExitCode.Done;
    }

    private BuildOptions OptionsOf(CommandRun run) => new()
    {
        Source = run.PathOf(_source)!,
        Workspace = run.PathOf(_out) ?? run.Terminal.Folder,
        Maps = run.PathOf(_maps),
        Profile = ChartProfileNames.Parse(run.Get(_profile)!),
        Seed = run.Get(_seed),
        Subjects = run.PathOf(_subjects) is { } file ? SubjectFile.Read(file) : null,
        LimitPatients = run.Get(_limit),
        MemoryBytes = MemorySize.Parse(run.Get(_memory)!),
        OnBadRow = run.Get(_onBadRow) == "skip" ? BadRowRule.Skip : BadRowRule.Fail,
    };
}
