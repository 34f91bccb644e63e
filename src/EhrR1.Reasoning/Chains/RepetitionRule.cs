namespace EhrR1.Reasoning;

/// <summary>When a text repeats itself without end, by its runs of words.</summary>
/// <param name="RunOfWords">How many words a run has.</param>
/// <param name="LeastRuns">Words that a text must have to be judged, and runs that its end must have.</param>
/// <param name="RepeatedShare">The share of the runs that stood there before, above which it does.</param>
/// <param name="RepeatedShareOfTheEnd">The share in the last third, above which it does: paths that several items share are told more than once by good chains too.</param>
internal sealed record RepetitionRule(int RunOfWords, int LeastRuns, double RepeatedShare, double RepeatedShareOfTheEnd);
