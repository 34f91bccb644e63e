using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Models;
using EhrR1.Reasoning;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Writes data, configuration and scripts for an existing training engine on a cluster.</summary>
internal sealed class TrainExport(TrainOptions shared) : TrainAction("export")
{
    private readonly Option<int> _nodes = CommonOptions.Count("--nodes", "Export: the nodes of the cluster that train; with TRL on several, one of them writes stage 3's completions.", 1);
    private readonly Option<int> _gpus = CommonOptions.Count("--gpus", "Export: the GPUs of each node.", 8);
    private readonly Option<int> _gpuMemory = CommonOptions.Count("--gpu-memory", "Export: the memory of a GPU in GiB, by which sequences at once are chosen.", 80);
    private readonly Option<bool> _slurm = new("--slurm") { Description = "Export: write scripts for Slurm too." };
    private readonly Option<int?> _alpha = CommonOptions.Limit("--lora-alpha", "Export: alpha of LoRA. The default is twice the rank.");
    private readonly Option<string[]> _targets = new("--lora-targets") { Description = "Export: the linear layers that get LoRA's additions. The default is all seven of a decoder's layer.", HelpName = "NAMES", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _reasoning = new("--reasoning") { Description = "Export: the folder of reasoning cases that 'ins reason' wrote, for stage 2. Without it stage 2 waits for its data.", HelpName = "FOLDER" };
    private readonly Option<int?> _perTask = CommonOptions.Limit("--per-task", "Export: how many direct cases each task gets at most. The default is the published caps.");
    private readonly Option<int> _prompts = CommonOptions.Count("--prompts-per-task", "Export: how many prompts of stage 3 each task gets at most.", new TrainingExportOptions { Engine = ExportEngine.Trl, Model = "", Config = KnownModels.Find(KnownModels.Names[0]).Config }.Prompts.PerTask!.Value);
    private readonly Option<string[]> _tasks = CommonOptions.TaskList("--tasks", "Export: draw from these tasks alone. The default is all that the published set has.");
    private readonly Option<string?> _tokenizer = new("--tokenizer") { Description = "Export: the model's tokenizer.json, or the folder that holds it, to count tokens by. The default is an estimate.", HelpName = "FILE" };

    public override IReadOnlyList<Option> Options => [_nodes, _gpus, _gpuMemory, _slurm, _alpha, _targets, _reasoning, _perTask, _prompts, _tasks, _tokenizer];

    public override Task<int> RunAsync(CommandRun run, IReadOnlyList<string> operands)
    {
        if (operands is not ["trl" or "verl", var named])
            throw CommandRun.UserError("'train export' needs an engine and a workspace", "Write 'ehr-r1 train export trl WORKSPACE' or 'ehr-r1 train export verl WORKSPACE'");
        var engine = operands[0] == "trl" ? ExportEngine.Trl : ExportEngine.Verl;
        var (folder, to) = (run.Terminal.PathOf(named), shared.FolderOf(run));
        var options = OptionsOf(run, engine, named);
        EarlierStages.NeedTasks(run, folder);
        using var workspace = Workspace.Open(folder);
        var result = TrainingExport.Write(workspace, to, options, run.Progress, run.Cancellation);
        if (!workspace.Manifest.Synthetic)
            run.Say("The files hold text of patients' charts: they must not leave the place where the charts may be.");
        if (run.Get(shared.Json))
        {
            run.WriteJson(new JsonObject { ["folder"] = result.Folder, ["direct_cases"] = result.DirectCases, ["reasoning_cases"] = result.ReasoningCases, ["prompts"] = result.Prompts, ["notes"] = new JsonArray([.. result.Notes.Select(n => (JsonNode)n)]) });
            return Task.FromResult(ExitCode.Done);
        }

        run.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.DirectCases:#,0} direct cases, {result.ReasoningCases:#,0} reasoning cases and {result.Prompts:#,0} prompts for {operands[0]}: {result.Folder}"));
        foreach (var note in result.Notes)
            run.Out.WriteLine($"Note: {note}");
        run.Out.WriteLine($"Next: read {Path.Combine(result.Folder, "README.md")}, which says what to run in which order");
        return Task.FromResult(ExitCode.Done);
    }

    private TrainingExportOptions OptionsOf(CommandRun run, ExportEngine engine, string workspace)
    {
        var model = shared.ModelOf(run);
        var local = run.Terminal.PathOf(model);
        var (_, config) = KnownModels.Find(Path.Exists(local) ? local : model);
        var tokenizer = run.PathOf(_tokenizer);
        var instructions = new InstructionOptions
        {
            Tasks = CommonOptions.NamesIn(run.Get(_tasks)),
            Counter = tokenizer is null ? new EstimatedTokenCounter() : ByteLevelTokenizer.Load(tokenizer),
            TokenizerHash = tokenizer is null ? null : FileHash.OfFile(ByteLevelTokenizer.FileOf(tokenizer)),
        };
        return new TrainingExportOptions
        {
            Engine = engine,
            Model = Path.Exists(local) ? local : model,
            Config = config,
            Nodes = run.Get(_nodes),
            GpusPerNode = run.Get(_gpus),
            GpuBytes = (long)run.Get(_gpuMemory) << 30,
            Slurm = run.Get(_slurm),
            Lora = LoraOf(run),
            Reasoning = run.PathOf(_reasoning),
            Direct = instructions with { PerTask = run.Get(_perTask) },
            Prompts = instructions with { PerTask = run.Get(_prompts) },
            // All that was set: with less, the command would ask for other data, which the folder refuses.
            Command = $"ehr-r1 train export {(engine == ExportEngine.Trl ? "trl" : "verl")} {ShellText.Of(workspace)}{run.TextOf([shared.Model, .. Options, shared.Lora, shared.Out])}",
        };
    }

    private LowRankOptions? LoraOf(CommandRun run)
    {
        if (run.Get(shared.Lora) is not { } rank)
        {
            return run.IsSet(_alpha) || run.IsSet(_targets)
                ? throw CommandRun.UserError("--lora-alpha and --lora-targets need --lora", "Add the rank, such as '--lora 16'")
                : null;
        }

        var lora = new LowRankOptions { Rank = rank, Alpha = run.Get(_alpha) ?? (2 * rank) };
        if (CommonOptions.NamesIn(run.Get(_targets)) is { Count: > 0 } targets)
            lora = lora with { Targets = targets };
        lora.Check();
        return lora;
    }
}
