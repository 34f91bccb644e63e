using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>The options that several actions of <see cref="TrainCommand"/> share.</summary>
internal sealed class TrainOptions
{
    public Option<string?> Model { get; } = new("--model") { Description = "Sft, reason, rl: the model folder to begin from, as Hugging Face has it; sft and reason take 'nano' too, a small one with fresh weights and a vocabulary of its own. Export: the name by which the engine loads it, such as Qwen/Qwen3-8B.", HelpName = "FOLDER|nano" };

    public Option<string[]> Data { get; } = new("--data") { Description = "Sft, reason, rl: the instruction set to learn from, a folder of 'ehr-r1 ins' or any files with 'messages'; named several times, the sets are mixed.", HelpName = "FOLDER", AllowMultipleArgumentsPerToken = true };

    public Option<string?> HeldOut { get; } = new("--held-out") { Description = "Sft, reason: an instruction set of other patients, whose loss is watched.", HelpName = "FOLDER" };

    public Option<string?> Config { get; } = new("--config") { Description = "Settings as JSON; what the file leaves out is as published, but for nano, which has settings of its own.", HelpName = "FILE" };

    public Option<string?> Out { get; } = new("--out") { Description = "The folder to write: checkpoints and metrics.jsonl while it runs, a model folder in the end.", HelpName = "FOLDER" };

    public Option<string?> Workspace { get; } = new("--workspace") { Description = "All, ablate: the workspace to learn from. Rl: that of the prompts, needed where the reward weighs grounding, which holds chains against record and graph.", HelpName = "FOLDER" };

    public Option<bool> Resume { get; } = new("--resume") { Description = "Go on with a training that was stopped, as if it had not been." };

    public Option<string> Device { get; } = new("--device") { Description = "Where to compute: cpu, or cuda with a program that was built for it.", HelpName = "cpu|cuda", DefaultValueFactory = _ => "cpu" };

    public Option<int?> Threads { get; } = CommonOptions.Limit("--threads", "Threads of one operation. The default is one a core; results do not depend on it.");

    public Option<long> Seed { get; } = new("--seed") { Description = "The seed of weights, order and draws.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };

    public Option<int?> Lora { get; } = CommonOptions.Limit("--lora", "Sft, reason, rl, export: train LoRA's additions of this rank in place of the whole model; alpha is twice the rank, and learning rates are ten times those of a whole training where no file says otherwise. They are merged into the model in the end, and kept beside it for PEFT.");

    public Option<bool> ShowConfig { get; } = new("--show-config") { Description = "Print all settings as a configuration file, and do nothing else." };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON." };

    public IReadOnlyList<Option> All => [Model, Data, HeldOut, Workspace, Config, Out, Resume, Lora, Device, Threads, Seed, ShowConfig, Json];

    /// <summary>The settings of a stage: published or nano's, then the file's, then the options'.</summary>
    public StageSettings Settings(CommandRun run, StageSettings otherwise)
    {
        var lora = run.Get(Lora) is { } rank ? new LowRankOptions { Rank = rank, Alpha = 2 * rank } : null;
        if (lora is not null)
            otherwise = otherwise.With(lora);
        var settings = run.PathOf(Config) is { } file ? StageSettings.Read(file, otherwise) : otherwise;
        settings = settings with { Compute = Compute(run, settings.Compute), Lora = lora ?? settings.Lora };
        return run.IsSet(Seed) ? settings with { FineTuning = settings.FineTuning with { Seed = run.Get(Seed) }, Reinforcement = settings.Reinforcement with { Seed = run.Get(Seed) } } : settings;
    }

    /// <summary>Where it is computed: as given, but for what the options say.</summary>
    public ComputeSettings Compute(CommandRun run, ComputeSettings? otherwise = null)
    {
        var compute = otherwise ?? new ComputeSettings();
        compute = compute with { Threads = run.Get(Threads) ?? compute.Threads };
        return run.IsSet(Device) ? compute with { Device = run.Get(Device)! } : compute;
    }

    /// <summary>An option that this action cannot do without.</summary>
    public static string Need(CommandRun run, Option<string?> option) => run.PathOf(option) ?? throw CommandRun.UserError($"{option.Name} is missing", $"Add '{option.Name} {option.HelpName}'");

    /// <summary>The folder to write, which must be named.</summary>
    public string FolderOf(CommandRun run) => run.PathOf(Out) ?? throw CommandRun.UserError("No folder to write is named", "Name one with '--out FOLDER'");

    /// <summary>The model, which must be named.</summary>
    public string ModelOf(CommandRun run) => run.Get(Model) ?? throw CommandRun.UserError("No model is named", "Name one with '--model', such as Qwen/Qwen3-8B");

    /// <summary>The instruction sets, of which one at least must be named.</summary>
    public IReadOnlyList<string> DataOf(CommandRun run) => run.Get(Data) is { Length: > 0 } sets
        ? [.. sets.Select(run.Terminal.PathOf)]
        : throw CommandRun.UserError("--data is missing", "Name an instruction set, such as 'ehr-r1 ins direct <workspace> --out <folder>' makes");
}
