using System.Globalization;

namespace EhrR1.Training;

/// <summary>The README of an export: what to install and what to run, in which order.</summary>
internal static class ExportReadme
{
    public static string Text(TrainingExportOptions options, ExportedData data, IReadOnlyList<string> notes, bool isSynthetic)
    {
        var isTrl = options.Engine == ExportEngine.Trl;
        return ExportTemplate.Fill("readme.md", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["engine"] = isTrl ? "TRL" : "verl",
            ["command"] = options.Command,
            ["model"] = options.Model,
            ["nodes"] = Number(options.Nodes),
            ["gpus_per_node"] = Number(options.GpusPerNode),
            ["synthetic"] = isSynthetic ? " that are made up" : "",
            ["direct_cases"] = Number(data.DirectCases),
            ["reasoning_cases"] = Number(data.ReasoningCases),
            ["prompts"] = Number(data.Prompts),
            ["config_files"] = isTrl ? "`stage1.yaml` … `stage3.yaml`, `accelerate-zero3.yaml`, `accelerate-fsdp.yaml`" : "`stage1.args` … `stage3.args`",
            ["lora_row"] = options.Lora is null ? "" : "| `merge_lora.py` | merges the additions of LoRA into their model; the scripts call it |\n",
            ["slurm_row"] = options.Slurm ? "| `stage1.sbatch` … `stage3.sbatch` | the same under Slurm, all nodes at once |\n" : "",
            ["packages"] = isTrl ? $"`trl[{(options.Lora is null ? "" : "peft,")}vllm]` 1.9 and `deepspeed`" : "`verl` 0.6 or later with vLLM",
            ["shared"] = options.Nodes == 1 ? "" : $" This folder must lie on a file system that all nodes share, at the same path: each stage begins from what the one before wrote there{(isTrl ? "" : ", and the first node merges what the GPUs of all nodes have saved")}. The same holds for the model, where it is a folder.",
            ["order"] = string.Concat(Order(options, data, isTrl).Select((step, i) => $"{i + 1}. {step}\n")),
            ["models"] = isTrl && options.Lora is null ? "`models/stage1` to `models/stage3`" : "`models/stage1/hf` to `models/stage3/hf`",
            ["notes"] = notes.Count == 0 ? "None.\n" : string.Concat(notes.Select(n => $"- {n}\n")),
        }).TrimEnd('\n') + "\n";
    }

    private static IEnumerable<string> Order(TrainingExportOptions options, ExportedData data, bool isTrl)
    {
        if (data.ReasoningCases == 0)
            yield return "Stage 2 has no data yet: let a teacher write chains with `ehr-r1 ins reason WORKSPACE --teacher … --max-tokens 12288 --out reasoning`, then give the export command again with `--reasoning reasoning`. Stage 1 need not wait for it.";
        yield return Tuning(1);
        yield return Tuning(2);
        if (options.Slurm)
        {
            yield return "`sbatch stage3.sbatch`: it starts the reward server" + (options.Nodes == 1 ? "" : isTrl ? ", the node that writes completions" : ", the Ray cluster") + " and the training, and stops them at its end.";
            yield return "While it runs, `curl http://HEAD:8100/health` shows the mean of each term of the reward.";
            yield break;
        }

        yield return $"`{(options.Nodes > 1 ? "EHR_R1_REWARD_HOST=0.0.0.0 " : "")}./reward-server.sh &` on the first node{(options.Nodes > 1 ? ", and `export EHR_R1_REWARD_URL=http://FIRST_NODE:8100` on all" : "")}; `curl http://127.0.0.1:8100/health` shows the mean of each term while training runs.";
        if (options.Nodes > 1 && isTrl)
            yield return "`./rollouts.sh` on the last node, which writes completions, and `export VLLM_HOST=LAST_NODE` on the others.";
        if (options.Nodes > 1 && !isTrl)
            yield return "`ray start --head --port=6379` on the first node, `ray start --address=FIRST_NODE:6379` on the others.";
        yield return $"`./run-stage3.sh`{(options.Nodes > 2 && isTrl ? " on all nodes but the last, with `NODE_RANK` and `HEAD_IP` set" : options.Nodes > 1 ? " on the first node" : "")}";

        // Of several nodes the script starts one alone, which waits for the others.
        string Tuning(int stage) => options switch
        {
            { Slurm: true, Nodes: > 1 } => $"`sbatch stage{stage}.sbatch`",
            { Slurm: true } => $"`./run-stage{stage}.sh`, or `sbatch stage{stage}.sbatch`",
            { Nodes: > 1 } => $"`./run-stage{stage}.sh`, on each node with `NODE_RANK` and `HEAD_IP` set",
            _ => $"`./run-stage{stage}.sh`",
        };
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
