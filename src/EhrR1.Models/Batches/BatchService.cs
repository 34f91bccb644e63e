namespace EhrR1.Models;

/// <summary>What works a batch of requests off, and so which fields they may have.</summary>
public enum BatchService
{
    /// <summary><c>vllm run-batch</c> on a machine of one's own; settings of the draw that the model's own configuration would fill are said plainly.</summary>
    Vllm,

    /// <summary>OpenAI's batch service, and others that take its fields alone.</summary>
    OpenAi,
}
