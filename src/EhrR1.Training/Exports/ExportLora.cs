using System.Globalization;

namespace EhrR1.Training;

/// <summary>LoRA in an export: the engines' settings, and what merges the additions when a stage has ended.</summary>
/// <remarks>Source: TRL's <c>ModelConfig</c> and verl's <c>HFModelConfig</c>, both on PEFT. There is no dropout, as in this program's own training.</remarks>
internal static class ExportLora
{
    private const string Merger = "merge_lora.py";

    /// <summary>Adds the merging script, and fills the places of all stages.</summary>
    public static void Add(Dictionary<string, string> files, ExportEngine engine, LowRankOptions lora, IReadOnlyList<StageSetup> stages)
    {
        var (rank, alpha) = (StageSetup.Text(lora.Rank), StageSetup.Text((long)lora.Alpha));
        files[Merger] = ExportTemplate.Fill(Merger, new Dictionary<string, string>(StringComparer.Ordinal) { ["alpha"] = alpha });
        // PEFT's own word for all linear layers but the last.
        var targets = lora.Targets.Count == LowRankOptions.AllTargets.Count ? "all-linear" : $"[{string.Join(',', lora.Targets)}]";
        foreach (var stage in stages)
        {
            var folder = $"models/stage{stage.Recipe.Number.ToString(CultureInfo.InvariantCulture)}";
            var values = stage.Values;
            values["exec"] = "";
            values["lora_settings"] = engine == ExportEngine.Trl
                ? $"use_peft: true\nlora_r: {rank}\nlora_alpha: {alpha}\nlora_dropout: 0.0\nlora_target_modules:\n{string.Concat(lora.Targets.Select(t => $"  - {t}\n"))}"
                : $"++model.lora_rank={rank}\n++model.lora_alpha={alpha}\n++model.target_modules={targets}\n";
            // vLLM loads the model itself; the trainer sends it the additions alone.
            values["lora_rl_settings"] = string.Concat(((string[])[$"model.lora_rank={rank}", $"model.lora_alpha={alpha}", $"model.target_modules={targets}", "rollout.load_format=safetensors"]).Select(s => $"actor_rollout_ref.{s}\n"));
            values["merge"] = $"\n[ \"${{NODE_RANK:-0}}\" -ne 0 ] || python3 {Merger} {values["model"]} {folder} {folder}/hf";
            values["merge_adapter"] = $"# verl leaves the additions of LoRA beside the model.\n[ ! -d \"$stage/hf.new/lora_adapter\" ] || python3 \"$(dirname \"${{BASH_SOURCE[0]}}\")/{Merger}\" \"$stage/hf.new\" \"$stage/hf.new/lora_adapter\" \"$stage/hf.new\"\n";
        }
    }

    /// <summary>Leaves the places empty: all weights are trained.</summary>
    public static void Leave(IReadOnlyList<StageSetup> stages)
    {
        foreach (var values in stages.Select(s => s.Values))
        {
            values["exec"] = "exec ";
            foreach (var place in (string[])["lora_settings", "lora_rl_settings", "merge", "merge_adapter"])
                values[place] = "";
        }
    }
}
