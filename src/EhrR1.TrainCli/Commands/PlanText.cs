using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>A training plan as text and as JSON.</summary>
internal static class PlanText
{
    private const double GiB = 1L << 30;

    public static void Write(TextWriter to, TrainingPlan plan)
    {
        var options = plan.Options;
        to.Write(Text($"{plan.Name}: {plan.Model.Parameters:#,0} parameters{(options.LoraRank is { } rank ? Text($"; LoRA of rank {rank} adds {ModelSizes.LoraParameters(plan.Model, rank):#,0}, which alone are trained") : ", all trained")}\n"));
        to.Write(Text($"Stage {PublishedRecipe.Of(options.Stage).Number} on {options.Gpus:#,0} GPU{(options.Gpus > 1 ? "s" : "")} of {options.GpuBytes / GiB:0} GiB; a step of {plan.Batch.Batch:#,0} sequences = {plan.Batch.PerDevice} at once × {plan.Batch.Accumulation} accumulated × {plan.Batch.Gpus} GPU{(plan.Batch.Gpus > 1 ? "s" : "")}\n"));
        if (plan.Batch.Note is { } note)
            to.Write(note + "\n");
        to.Write("\nMemory of a training GPU\n");
        foreach (var line in plan.Memory.Lines)
            WriteLine(to, line, Text($"{line.Value / GiB:0.00} GiB"));
        to.Write(Text($"  {"together",-50} {plan.Memory.Total / GiB,9:0.00} GiB of {options.GpuBytes / GiB:0}: {(plan.Memory.Fits ? "fits" : "DOES NOT FIT")}\n"));
        if (plan.Rollout is { } rollout)
        {
            to.Write(Text($"\nMemory of a GPU that writes completions (apart from training, or while training's state is put aside)\n"));
            foreach (var line in rollout.Lines)
                WriteLine(to, line, Text($"{line.Value / GiB:0.00} GiB"));
            to.Write(Text($"  {rollout.Sequences:#,0} completions at once, a copy of the model on {rollout.TensorParallel} GPU{(rollout.TensorParallel > 1 ? "s" : "")}: {(rollout.Sequences > 0 ? "fits" : "DOES NOT FIT")}\n"));
        }

        to.Write("\nTime\n");
        foreach (var line in plan.Time.Lines)
            WriteLine(to, line, line.Name.EndsWith("seconds", StringComparison.Ordinal) ? DurationOf(line.Value) : line.Value < 1e9 ? Text($"{line.Value:#,0}") : Text($"{line.Value:0.00e0}"));
        to.Write(Text($"  {"together",-50} {DurationOf(plan.Time.Seconds),13}\n"));
        if (plan.Fits)
            return;
        to.Write("\nIt does not fit. Any one of these makes it fit:\n");
        foreach (var advice in plan.Advice)
            to.Write($"  {advice}\n");
    }

    public static JsonObject ToJson(TrainingPlan plan) => new()
    {
        ["model"] = plan.Name,
        ["parameters"] = plan.Model.Parameters,
        ["stage"] = PublishedRecipe.Of(plan.Options.Stage).Number,
        ["gpus"] = plan.Options.Gpus,
        ["gpu_bytes"] = plan.Options.GpuBytes,
        ["batch"] = new JsonObject { ["sequences"] = plan.Batch.Batch, ["per_device"] = plan.Batch.PerDevice, ["accumulation"] = plan.Batch.Accumulation, ["note"] = plan.Batch.Note },
        ["fits"] = plan.Fits,
        ["memory"] = new JsonObject { ["bytes"] = Math.Round(plan.Memory.Total), ["parts"] = PartsOf(plan.Memory.Lines) },
        ["rollout"] = plan.Rollout is { } rollout ? new JsonObject { ["tensor_parallel"] = rollout.TensorParallel, ["sequences"] = rollout.Sequences, ["tokens_per_second"] = Math.Round(rollout.TokensPerSecond), ["parts"] = PartsOf(rollout.Lines) } : null,
        ["time"] = new JsonObject { ["seconds"] = Math.Round(plan.Time.Seconds), ["steps"] = plan.Time.Steps, ["parts"] = PartsOf(plan.Time.Lines) },
        ["advice"] = new JsonArray([.. plan.Advice.Select(a => (JsonNode)a)]),
    };

    private static JsonArray PartsOf(IEnumerable<PlanLine> lines) => new([.. lines.Select(l => (JsonNode)new JsonObject { ["name"] = l.Name, ["formula"] = l.Formula, ["value"] = Math.Round(l.Value, 2) })]);

    private static void WriteLine(TextWriter to, PlanLine line, string value) => to.Write(Text($"  {line.Name,-50} {value,13}   {line.Formula}\n"));

    private static string DurationOf(double seconds) => seconds switch
    {
        < 120 => Text($"{seconds:0} s"),
        < 7_200 => Text($"{seconds / 60:0} min"),
        < 172_800 => Text($"{seconds / 3_600:0.0} h"),
        _ => Text($"{seconds / 86_400:#,0.0} days"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
