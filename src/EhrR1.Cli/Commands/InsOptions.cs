using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Reasoning;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>The options that several actions of <see cref="InsCommand"/> share.</summary>
internal sealed class InsOptions
{
    private InsSufficiency? _sufficiency;

    public Option<string?> Out { get; } = new("--out") { Description = "Direct, reason, rl: the folder to write, a new one or that of an unfinished run.", HelpName = "FOLDER" };

    public Option<int?> PerTask { get; } = CommonOptions.Limit("--per-task", $"Direct, reason, rl: how many cases each task gets at most. The default is the published caps for direct, all for reason, {InsRl.PerTask} for rl.");

    public Option<string[]> Tasks { get; } = CommonOptions.TaskList("--tasks", "Direct, reason, rl: draw from these tasks alone. The default is all that the published set has.");

    public Option<string> Split { get; } = CommonOptions.Word("--split", "Direct, reason, rl: the patients to draw from.", SplitNames.Train, SplitNames.Train, SplitNames.Test, SplitNames.FewShot);

    public Option<bool> Balance { get; } = new("--balance") { Description = "Direct, rl: draw as many yes as no for each risk task, as many as the rarer of the two has." };

    public Option<string> Format { get; } = CommonOptions.Word("--format", "Direct, reason, rl: Parquet compressed by zstd, or JSON Lines, which take many times the space.", "parquet", "parquet", "jsonl");

    public Option<int?> MaxTokens { get; } = CommonOptions.Limit("--max-tokens", "Direct, reason, rl: how long a case may be, chat template and answer included; a longer one loses the beginning of its record, never its question. The default cuts nothing.");

    public Option<int?> AnswerTokens { get; } = CommonOptions.Limit("--answer-tokens", "Direct, reason: how many tokens of --max-tokens are left to the answer at least. The default leaves what the answer of each case takes, so that the length of a cut record tells how long its answer is.");

    public Option<string?> Tokenizer { get; } = new("--tokenizer") { Description = "Direct, reason, rl: the model's tokenizer.json, or the folder that holds it, to count tokens by. The default is an estimate.", HelpName = "FILE" };

    public Option<string?> Terminology { get; } = new("--terminology")
    {
        Description = "Reason: the terminology that graphs are made with; the default is the one used last in the workspace, and for a synthetic hospital its own knowledge. Check, and reason where it is named: a relation that the sample's graph lacks counts where a short path of it joins the two concepts; the default is none.",
        HelpName = "FILE",
    };

    public Option<double> Least { get; } = new("--least") { Description = "Reason, check: what each measure must reach for a chain to pass.", HelpName = "0..1", DefaultValueFactory = _ => new GroundingOptions().LeastMeasure };

    public Option<int> AllowFaults { get; } = new("--allow-faults") { Description = "Reason, check: how many false claims a chain may hold and pass all the same: a cited event, item, value or unit that the record contradicts or does not have, a relation that the graph contradicts, a final item that is none of the answer.", HelpName = "N", DefaultValueFactory = _ => new GroundingOptions().FalseClaimsAllowed };

    public Option<string?> Workspace { get; } = new("--workspace") { Description = "Check, show: the workspace that the samples are of. The default is the one that the folder's manifest names.", HelpName = "WORKSPACE" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON." };

    /// <summary>How language models are asked.</summary>
    public InsEndpoint Endpoint { get; } = new();

    /// <summary>The test of chains by a model.</summary>
    public InsSufficiency Sufficiency => _sufficiency ??= new InsSufficiency(this);

    public IReadOnlyList<Option> All => [Out, PerTask, Tasks, Split, Balance, Format, MaxTokens, AnswerTokens, Tokenizer, Terminology, Least, AllowFaults, Workspace, .. Endpoint.All, Json];

    /// <summary>The folder to write, which must be named.</summary>
    public string FolderOf(CommandRun run) => run.PathOf(Out) ?? throw CommandRun.UserError("No folder to write is named", "Name one with '--out FOLDER'");

    /// <summary>How strictly chains are checked.</summary>
    public GroundingOptions Grounding(CommandRun run)
    {
        if (run.Get(Least) is not (>= 0 and <= 1))
            throw CommandRun.UserError($"--least must be from 0 to 1, not {run.Get(Least)}", "Give the share that each measure must reach, such as 0.8");
        if (run.Get(AllowFaults) < 0)
            throw CommandRun.UserError($"--allow-faults must be at least 0, not {run.Get(AllowFaults)}", "Give how many false claims a chain may hold, or leave it out for none");
        return new GroundingOptions { LeastMeasure = run.Get(Least), FalseClaimsAllowed = run.Get(AllowFaults) };
    }

    /// <summary>The settings of a data set.</summary>
    public InstructionOptions Read(CommandRun run)
    {
        var tokenizer = run.PathOf(Tokenizer);
        if (run.Get(AnswerTokens) is not null && run.Get(MaxTokens) is null)
            throw CommandRun.UserError("--answer-tokens is a part of --max-tokens, which is not given", "Give both, or leave out --answer-tokens: without --max-tokens nothing is cut");
        return new InstructionOptions
        {
            PerTask = run.Get(PerTask),
            Tasks = CommonOptions.NamesIn(run.Get(Tasks)),
            Split = run.Get(Split)!,
            Balance = run.Get(Balance),
            Format = run.Get(Format) == "jsonl" ? InstructionFormat.JsonLines : InstructionFormat.Parquet,
            MaxTokens = run.Get(MaxTokens),
            AnswerTokens = run.Get(AnswerTokens) ?? 0,
            Counter = tokenizer is null ? new EstimatedTokenCounter() : ByteLevelTokenizer.Load(tokenizer),
            TokenizerHash = tokenizer is null ? null : FileHash.OfFile(ByteLevelTokenizer.FileOf(tokenizer)),
        };
    }
}
