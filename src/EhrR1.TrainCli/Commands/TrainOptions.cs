using System.CommandLine;
using EhrR1.Cli;

namespace EhrR1.TrainCli;

/// <summary>The options that several actions of <see cref="TrainCommand"/> share.</summary>
internal sealed class TrainOptions
{
    public Option<string?> Model { get; } = new("--model") { Description = "The model to start from: a model folder, or for export a name as the engine loads it, such as Qwen/Qwen3-8B.", HelpName = "MODEL" };

    public Option<string?> Out { get; } = new("--out") { Description = "The folder to write.", HelpName = "FOLDER" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON." };

    public IReadOnlyList<Option> All => [Model, Out, Json];

    /// <summary>The folder to write, which must be named.</summary>
    public string FolderOf(CommandRun run) => run.PathOf(Out) ?? throw CommandRun.UserError("No folder to write is named", "Name one with '--out FOLDER'");

    /// <summary>The model, which must be named.</summary>
    public string ModelOf(CommandRun run) => run.Get(Model) ?? throw CommandRun.UserError("No model is named", "Name one with '--model', such as Qwen/Qwen3-8B");
}
