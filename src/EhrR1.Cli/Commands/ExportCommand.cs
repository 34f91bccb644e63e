using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Evaluation;

namespace EhrR1.Cli;

/// <summary>Writes the benchmark as tasks of another harness.</summary>
internal sealed class ExportCommand : CliCommand
{
    private readonly Argument<string> _format = new("format") { Description = "The harness: lm-eval is EleutherAI's lm-evaluation-harness, helm is Stanford's MedHELM.", HelpName = "lm-eval|helm" };
    private readonly Argument<string> _source = new("workspace") { Description = "The workspace whose benchmark is exported, drawn with the defaults if it is missing, or a folder or file of EHR-Bench.", HelpName = "WORKSPACE|FILE" };
    private readonly Option<string?> _out = new("--out") { Description = "The folder to write; files of an earlier export are written over.", HelpName = "FOLDER", Required = true };
    private readonly Option<string[]> _tasks = CommonOptions.TaskList("--tasks", "Export these tasks only, separated by commas. The default is all.");
    private readonly Option<int?> _limit = CommonOptions.Limit("--limit", "Export this many samples a task at most, the first of the benchmark. The default is all.");
    private readonly Option<bool> _json = JsonOption("Print what was written as JSON.");

    public ExportCommand()
        : base("export", "Writes the benchmark as tasks of another evaluation harness. The files hold text of patients' charts.", "ehr-r1 export lm-eval workspace --out ehr-bench-lm-eval", "ehr-r1 export helm workspace --out ehr-bench-helm --tasks Inpatient_Mortality,labevents")
    {
        _format.AcceptOnlyFromAmong("lm-eval", "helm");
        Arguments.Add(_format);
        Arguments.Add(_source);
        foreach (var option in (ReadOnlySpan<Option>)[_out, _tasks, _limit, _json])
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_source);

    public override async Task<int> RunAsync(CommandRun run)
    {
        var source = run.PathOf(_source);
        var synthetic = false;
        if (Workspace.Exists(source))
        {
            using var workspace = Workspace.OpenForWriting(source);
            await EarlierStages.NeedAsync(run, workspace, benchmark: true).ConfigureAwait(false);
            synthetic = workspace.Manifest.Synthetic;
        }

        var benchmark = BenchmarkSource.Open(source);
        var folder = run.PathOf(_out)!;
        var options = new ExportOptions { Tasks = CommonOptions.NamesIn(run.Get(_tasks)), Limit = run.Get(_limit) };
        var isHelm = run.Get(_format) == "helm";
        var result = isHelm ? HelmExport.Write(benchmark, folder, options, run.Cancellation) : LmEvalExport.Write(benchmark, folder, options, run.Cancellation);
        run.Say(synthetic
            ? "The patients are made up; no record stands behind the exported texts."
            : "The exported files hold text of patients' charts: they must not leave the place where the charts may be.");
        if (result.LeftOut.Count > 0)
            run.Say($"Left out, as the harness has no metric for them: {string.Join(", ", result.LeftOut)}.");
        if (run.Get(_json))
            run.WriteJson(new JsonObject { ["folder"] = folder, ["tasks"] = new JsonObject(result.Tasks.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))), ["left_out"] = StageFiles.Names([.. result.LeftOut]) });
        else
            Print(run.Out, result, isHelm);
        return ExitCode.Done;
    }

    private static void Print(TextWriter to, ExportResult result, bool isHelm)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Samples:#,0} samples of {result.Tasks.Count} tasks are in {result.Folder}"));
        to.WriteLine(isHelm
            ? $"Next: write model and deployment into ehr_bench.conf, then (cd {ShellText.Of(result.Folder)} && helm-run --conf-paths ehr_bench.conf --suite ehr-bench --max-eval-instances 1000)"
            : $"Next: (cd {ShellText.Of(result.Folder)} && lm_eval --model hf --model_args pretrained=MODEL --include_path . --tasks ehr_bench --apply_chat_template)");
    }
}
