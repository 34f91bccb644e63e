using EhrR1.Reasoning;

namespace EhrR1.Training;

/// <summary>For which engine, model and cluster training is exported.</summary>
public sealed record TrainingExportOptions
{
    /// <summary>The engine.</summary>
    public required ExportEngine Engine { get; init; }

    /// <summary>The model that stage 1 starts from, as the engine loads it: a name on the hub or a path on the cluster.</summary>
    public required string Model { get; init; }

    /// <summary>Its architecture, by which memory is planned.</summary>
    public required ModelConfig Config { get; init; }

    /// <summary>The nodes. The default value is 1.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The GPUs of each. The default value is 8.</summary>
    public int GpusPerNode { get; init; } = 8;

    /// <summary>The memory of each GPU in bytes. The default value is 80 GiB.</summary>
    public long GpuBytes { get; init; } = 80L << 30;

    /// <summary>LoRA's rank, alpha and targets; <see langword="null"/>, the default value, trains all weights. The engines take whole numbers as alpha.</summary>
    public LowRankOptions? Lora { get; init; }

    /// <summary>Whether scripts for Slurm are written too. The default value is <see langword="false"/>.</summary>
    public bool Slurm { get; init; }

    /// <summary>The folder of the reasoning cases; <see langword="null"/>, the default value, where there are none yet: stage 2 then waits for its data.</summary>
    public string? Reasoning { get; init; }

    /// <summary>How direct cases are drawn and counted; their length is the published one.</summary>
    public InstructionOptions Direct { get; init; } = new();

    /// <summary>How prompts are drawn and counted; their length is the published one. The default value is 1,000 a task.</summary>
    public InstructionOptions Prompts { get; init; } = new() { PerTask = 1_000 };

    /// <summary>The command as it was given, for the README. The default value names the program alone.</summary>
    public string Command { get; init; } = "ehr-r1 train export";
}
