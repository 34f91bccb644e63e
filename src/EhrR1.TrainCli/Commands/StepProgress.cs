using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Shows a training's steps as the other commands show their progress.</summary>
internal sealed class StepProgress(CommandRun run, string stage, string figure) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        var speed = value.Tokens / Math.Max(value.Seconds, 1e-3);
        run.Progress.Report(new StageProgress($"Training ({stage})", value.Step, value.Steps, "steps", string.Create(CultureInfo.InvariantCulture, $"{figure} {value.Figure:0.000}, {speed:#,0} tokens/s")));
    }

    /// <summary>Says what came of a training.</summary>
    public static void WriteEnd(CommandRun run, JsonObject manifest, string folder)
    {
        var result = manifest["result"]!;
        var loss = result["held_out_loss"] is { } held ? string.Create(CultureInfo.InvariantCulture, $", held-out loss {(double)held:0.000}") : "";
        run.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(int)result["steps"]!:#,0} steps over {(int)result["cases"]!:#,0} cases{loss}: {folder}"));
        run.Out.WriteLine($"Next: ehr-r1 generate {ShellText.Of(folder)} --chat \"…\"");
    }
}
