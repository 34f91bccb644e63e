namespace EhrR1.Evaluation;

/// <summary>A model's published figures, which stand beside every report and were not measured here.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="DecisionF1">Macro mean F1 over the 24 decision tasks.</param>
/// <param name="RiskAuroc">Macro mean AUROC over the 18 risk tasks; <see langword="null"/> where none was published.</param>
public sealed record PublishedScore(string Model, double DecisionF1, double? RiskAuroc)
{
    /// <summary>The figures of the EHR-R1 paper (arXiv 2510.25628) on its own EHR-Bench, which is drawn from the whole of MIMIC-IV.</summary>
    public static IReadOnlyList<PublishedScore> All { get; } =
    [
        new("EHR-R1-72B", .6744, .9328),
        new("EHR-R1-8B", .6006, .9188),
        new("EHR-R1-1.7B", .5528, .8860),
        new("Qwen2.5-72B", .3535, .8234),
        new("Qwen3-235B", .3418, .8316),
        new("MedGemma-27B", .3157, .8061),
        new("GPT-4o", .3155, null),
        new("DeepSeek-R1", .2974, null),
        new("Llama3.3-70B", .2758, .8251),
        new("GPT-OSS-120B", .2365, .7516),
        new("Baichuan-M2-32B", .2108, .5689),
        new("OpenBioLLM-70B", .1621, .7737),
    ];
}
