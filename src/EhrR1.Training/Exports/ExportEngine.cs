namespace EhrR1.Training;

/// <summary>The training engine that a cluster runs.</summary>
public enum ExportEngine
{
    /// <summary>TRL with accelerate, DeepSpeed or FSDP, and vLLM.</summary>
    Trl,

    /// <summary>verl on Ray, with FSDP and vLLM.</summary>
    Verl,
}
