using System.Globalization;

namespace EhrR1.Training;

/// <summary>The configuration and scripts of an export, by their names.</summary>
internal static class ExportFiles
{
    private const string Stage1 = "models/stage1";
    private const string Stage2 = "models/stage2";

    /// <summary>All files but the data and the README.</summary>
    /// <param name="options">The options.</param>
    /// <param name="stages">The three stages.</param>
    /// <param name="data">The data.</param>
    /// <param name="rollout">How completions are written.</param>
    /// <param name="shares">How stage 3 shares out a GPU's memory.</param>
    public static Dictionary<string, string> Of(TrainingExportOptions options, IReadOnlyList<StageSetup> stages, ExportedData data, RolloutPlan rollout, GpuShares shares)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ehr_r1_reward.py"] = ExportTemplate.Read("ehr_r1_reward.py"),
            ["reward-server.sh"] = ExportTemplate.Read("reward_server.sh"),
        };
        for (int i = 0; i < 3; i++)
        {
            stages[i].Values["model"] = ModelOf(options, i);
            stages[i].Values["data"] = i < 2 ? $"data/stage{i + 1}" : "data/ehr-ins-rl";
            stages[i].Values["files"] = $"[{string.Join(',', data.Files[i])}]";
            stages[i].Values["first"] = data.Files[i].Count > 0 ? data.Files[i][0] : "data/stage2";
            stages[i].Values["parallel"] = StageSetup.Text(rollout.TensorParallel);
            stages[i].Values["copies"] = StageSetup.Text(Math.Max(1, options.GpusPerNode / rollout.TensorParallel));
            stages[i].Values["completions_share"] = shares.Completions.ToString(CultureInfo.InvariantCulture);
            stages[i].Values["need_data"] = i == 1 && data.ReasoningCases == 0
                ? "[ -d data/stage2 ] || { echo 'Stage 2 has no reasoning cases yet: README.md says how to make them.' >&2; exit 2; }\n"
                : "";
        }

        if (options.Lora is { } lora)
            ExportLora.Add(files, options.Engine, lora, stages);
        else
            ExportLora.Leave(stages);
        if (options.Engine == ExportEngine.Trl)
            AddTrl(files, options, stages);
        else
            AddVerl(files, options, stages);
        return files;
    }

    private static string ModelOf(TrainingExportOptions options, int stage)
    {
        var ending = options.Engine == ExportEngine.Verl || options.Lora is not null ? "/hf" : "";
        return stage switch { 0 => options.Model, 1 => Stage1 + ending, _ => Stage2 + ending };
    }

    private static void AddTrl(Dictionary<string, string> to, TrainingExportOptions options, IReadOnlyList<StageSetup> stages)
    {
        var isApart = options.Nodes > 1;
        var third = stages[2].Values;
        third["train_nodes"] = StageSetup.Text(stages[2].Nodes);
        third["rollout_note"] = isApart ? ", completions written by one more" : "";
        third["vllm_mode"] = isApart ? "server" : "colocate";
        third["vllm_settings"] = isApart
            ? "vllm_server_timeout: 900"
            : $"vllm_gpu_memory_utilization: {third["completions_share"]}\nvllm_max_model_length: {third["length"]}\nvllm_tensor_parallel_size: {third["parallel"]}";
        third["server_arguments"] = isApart ? " \\\n  --vllm_server_host \"${VLLM_HOST:?name the node that writes completions}\" --vllm_server_port \"${VLLM_PORT:-8000}\"" : "";
        foreach (var stage in stages.Take(2))
        {
            to[$"stage{stage.Recipe.Number}.yaml"] = ExportTemplate.Fill("trl_sft.yaml", stage.Values);
            to[$"run-stage{stage.Recipe.Number}.sh"] = ExportTemplate.Fill("trl_sft.sh", stage.Values);
        }

        to["stage3.yaml"] = ExportTemplate.Fill("trl_grpo.yaml", third);
        to["run-stage3.sh"] = ExportTemplate.Fill("trl_grpo.sh", third);
        if (isApart)
            to["rollouts.sh"] = ExportTemplate.Fill("trl_rollouts.sh", third);
        foreach (var kind in (string[])["zero3", "fsdp"])
            to[$"accelerate-{kind}.yaml"] = ExportTemplate.Fill($"accelerate_{kind}.yaml", stages[0].Values);
        if (!options.Slurm)
            return;
        AddSft(to, stages);
        to["stage3.sbatch"] = ExportTemplate.Fill("trl_grpo.sbatch", new Dictionary<string, string>(third, StringComparer.Ordinal)
        {
            ["nodes"] = StageSetup.Text(options.Nodes),
            ["rollout_note"] = isApart ? "The last node writes completions, the others train." : "The node writes completions and trains in turn.",
            ["rollouts"] = isApart
                ? "export VLLM_HOST=${hosts[-1]}\nsrun --overlap --nodes=1 --ntasks=1 --nodelist=\"$VLLM_HOST\" bash rollouts.sh & pids+=($!)\n"
                : "",
            ["wait_rollouts"] = isApart ? "wait_for \"http://$VLLM_HOST:${VLLM_PORT:-8000}/health/\"\n" : "",
            ["train_selection"] = isApart ? $"--overlap --nodes={stages[2].Nodes} --ntasks={stages[2].Nodes} --exclude=\"$VLLM_HOST\" " : "--overlap ",
        });
    }

    private static void AddVerl(Dictionary<string, string> to, TrainingExportOptions options, IReadOnlyList<StageSetup> stages)
    {
        foreach (var stage in stages.Take(2))
        {
            to[$"stage{stage.Recipe.Number}.args"] = ExportTemplate.Fill("verl_sft.args", stage.Values);
            to[$"run-stage{stage.Recipe.Number}.sh"] = ExportTemplate.Fill("verl_stage.sh", stage.Values);
        }

        to["stage3.args"] = ExportTemplate.Fill("verl_grpo.args", stages[2].Values);
        to["run-stage3.sh"] = ExportTemplate.Fill("verl_grpo.sh", stages[2].Values);
        to["export-model.sh"] = ExportTemplate.Fill("verl_export_model.sh", stages[2].Values);
        if (!options.Slurm)
            return;
        AddSft(to, stages);
        to["stage3.sbatch"] = ExportTemplate.Fill("verl_grpo.sbatch", stages[2].Values);
    }

    private static void AddSft(Dictionary<string, string> to, IReadOnlyList<StageSetup> stages)
    {
        foreach (var stage in stages.Take(2))
            to[$"stage{stage.Recipe.Number}.sbatch"] = ExportTemplate.Fill("sft.sbatch", stage.Values);
    }
}
