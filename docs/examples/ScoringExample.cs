using EhrR1.Scoring;

namespace EhrR1.Examples;

/// <summary>Scoring: read an answer and score it as a set.</summary>
public static class ScoringExample
{
    /// <summary>The F1 of an answer against the labels.</summary>
    public static double F1(string answer, IReadOnlyList<string> labels) => SetScore.Of(answer, labels).F1;
}
