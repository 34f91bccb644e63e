namespace EhrR1.Reasoning;

/// <summary>What the published filter says of a chain.</summary>
/// <param name="AnswerShare">The share of the answer's items that stand after "Final Results", 0 to 1.</param>
/// <param name="GroundTruth">How often "ground truth" is mentioned.</param>
/// <param name="NearWordings">How often wordings near to it are; they are counted and do not decide.</param>
/// <param name="Missing">The titles of the declared sections that are missing.</param>
/// <param name="Extra">The sections that the template does not declare, and those that stand twice.</param>
public sealed record FilterResult(double AnswerShare, int GroundTruth, int NearWordings, IReadOnlyList<string> Missing, IReadOnlyList<string> Extra)
{
    /// <summary>The least share of the answer's items, as published.</summary>
    public const double LeastShare = 0.7;

    /// <summary>Whether the chain passes.</summary>
    public bool Passes => AnswerShare >= LeastShare && GroundTruth == 0 && Missing.Count == 0 && Extra.Count == 0;
}
