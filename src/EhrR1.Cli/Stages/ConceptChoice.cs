using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>How the terms and notes of charts are linked: whether by codes too, and how similar a name must be.</summary>
internal sealed record ConceptChoice(bool Codes, SimilarityMeasure Measure, double Similarity)
{
    /// <summary>The defaults.</summary>
    public static ConceptChoice Default { get; } = new(Codes: true, SimilarityMeasure.Jaccard, 0.7);

    public SimilarityThreshold Threshold => new(Measure, Similarity);

    /// <summary>The settings of the last run, or the defaults.</summary>
    public static ConceptChoice Recorded(Workspace workspace) => workspace.Stage(ConceptStage.Name)?.Settings is not { } settings ? Default : new ConceptChoice(
        (bool?)settings["codes"] ?? Default.Codes,
        Enum.TryParse<SimilarityMeasure>(settings["measure"]?.ToString(), ignoreCase: true, out var measure) ? measure : Default.Measure,
        (double?)settings["similarity"] ?? Default.Similarity);

    public void AddTo(JsonObject settings)
    {
        settings["codes"] = Codes;
        settings["measure"] = Measure.ToString().ToLowerInvariant();
        settings["similarity"] = Similarity;
    }
}
