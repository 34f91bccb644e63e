using System.CommandLine;
using System.Globalization;
using EhrR1.Cli;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Says what a training stage needs of memory and time.</summary>
internal sealed class PlanCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { Description = "A model that is built in, such as Qwen/Qwen3-8B, or a model folder with a config.json.", HelpName = "MODEL" };
    private readonly Option<string> _gpus = new("--gpus") { Description = "The GPUs and their memory in GiB: 8x80 for eight of 80 GiB, 4x8x80 for four nodes of them.", HelpName = "NxGIB", Required = true };
    private readonly Option<string> _stage = CommonOptions.Word("--stage", "The stage, whose published settings are the defaults of all that is not said.", "sft", "sft", "reason", "rl");
    private readonly Option<int?> _lora = CommonOptions.Limit("--lora", "Train LoRA of this rank on all linear layers, not all weights.");
    private readonly Option<int?> _length = CommonOptions.Limit("--length", "The longest sequence in tokens, answer included. The default is the published 8192, 12288 or 12048.");
    private readonly Option<int?> _batch = CommonOptions.Limit("--batch", "Sequences a step. The default is the published 64 or 512; 1024 completions for rl, which names none.");
    private readonly Option<int> _perDevice = CommonOptions.Count("--per-device", "Sequences that a GPU takes at once.", 1);
    private readonly Option<bool> _keep = new("--no-checkpointing") { Description = "Keep all activations instead of computing layers again on the way back." };
    private readonly Option<bool> _whole = new("--no-sharding") { Description = "Keep weights and optimizer whole on each GPU instead of sharing them out (ZeRO-3, FSDP)." };
    private readonly Option<int?> _chunk = CommonOptions.Limit("--logit-chunk", "Compute the loss over so many tokens at once. The default is a whole sequence.");
    private readonly Option<int?> _cases = CommonOptions.Limit("--cases", "Cases, or prompts for rl. The default is the published number: 4000000, 600000; 42000 for rl.");
    private readonly Option<int?> _mean = CommonOptions.Limit("--mean-tokens", "Tokens of a case in the mean, as 'ins stats' counts them. The default is the longest, which bounds the time from above.");
    private readonly Option<double> _peak = new("--peak-tflops") { Description = "What a GPU computes at most in bf16. The default is an H100's; an A100 has 312.", HelpName = "N", DefaultValueFactory = _ => 989 };
    private readonly Option<double> _utilisation = new("--utilisation") { Description = "The share of that which training reaches.", HelpName = "0..1", DefaultValueFactory = _ => 0.4 };
    private readonly Option<double> _bandwidth = new("--bandwidth") { Description = "What a GPU reads from its memory in TB a second, which bounds the writing of completions. The default is an H100's; an A100 has 2.04.", HelpName = "N", DefaultValueFactory = _ => 3.35 };
    private readonly Option<bool> _json = JsonOption("Print the plan as JSON, in bytes and seconds.");

    public PlanCommand()
        : base(
            "plan",
            "Says how much memory and time a training stage needs, with the formulas, and what to change where it does not fit.",
            "ehr-r1 plan Qwen/Qwen3-8B --gpus 1x80 --stage sft",
            "ehr-r1 plan Qwen/Qwen3-8B --gpus 1x80 --stage sft --lora 16 --logit-chunk 1024",
            "ehr-r1 plan Qwen/Qwen2.5-72B-Instruct --gpus 8x8x80 --stage rl")
    {
        Arguments.Add(_model);
        foreach (var option in (Option[])[_gpus, _stage, _lora, _length, _batch, _perDevice, _keep, _whole, _chunk, _cases, _mean, _peak, _utilisation, _bandwidth, _json])
            Options.Add(option);
    }

    public override Task<int> RunAsync(CommandRun run)
    {
        var named = run.Get(_model);
        var (name, model) = KnownModels.Find(Path.Exists(run.PathOf(_model)) ? run.PathOf(_model) : named);
        var plan = TrainingPlan.Of(name, model, OptionsOf(run));
        if (run.Get(_json))
            run.WriteJson(PlanText.ToJson(plan));
        else
            PlanText.Write(run.Out, plan);
        return Task.FromResult(ExitCode.Done);
    }

    private PlanOptions OptionsOf(CommandRun run)
    {
        var (gpus, bytes) = GpusOf(run.Get(_gpus)!);
        if (run.Get(_utilisation) is not (> 0 and <= 1))
            throw CommandRun.UserError($"--utilisation must be above 0 and at most 1, not {run.Get(_utilisation).ToString(CultureInfo.InvariantCulture)}", "Give a share, such as 0.4");
        if (run.Get(_peak) is not (> 0 and < 1e9) || run.Get(_bandwidth) is not (> 0 and < 1e9))
            throw CommandRun.UserError("--peak-tflops and --bandwidth must be above 0", "Look them up in the GPU's data sheet");
        return new PlanOptions
        {
            Stage = run.Get(_stage) switch { "reason" => PaperStage.Reason, "rl" => PaperStage.Rl, _ => PaperStage.Sft },
            Gpus = gpus,
            GpuBytes = bytes,
            LoraRank = run.Get(_lora),
            Length = run.Get(_length),
            Batch = run.Get(_batch),
            PerDevice = run.Get(_perDevice),
            Checkpointing = !run.Get(_keep),
            Sharded = !run.Get(_whole),
            LogitChunk = run.Get(_chunk),
            Cases = run.Get(_cases),
            MeanTokens = run.Get(_mean),
            PeakFlops = run.Get(_peak) * 1e12,
            Utilisation = run.Get(_utilisation),
            Bandwidth = run.Get(_bandwidth) * 1e12,
        };
    }

    private static (int Gpus, long Bytes) GpusOf(string text)
    {
        var parts = text.Split('x', 'X');
        if (parts.Length is 2 or 3 && parts.All(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 100_000))
        {
            var numbers = parts.Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            var gpus = numbers[..^1].Aggregate(1L, (product, n) => product * n);
            if (gpus <= 100_000)
                return ((int)gpus, numbers[^1] << 30);
        }

        throw CommandRun.UserError($"'{text}' is no number of GPUs for --gpus", "Write the number and the GiB of each, such as 8x80, or nodes, GPUs and GiB, such as 4x8x80");
    }
}
