namespace EhrR1.Reasoning;

/// <summary>What an instruction set holds of one task.</summary>
/// <param name="Kind">What its cases teach: <c>direct</c>, <c>reasoning</c> or <c>rl</c>.</param>
/// <param name="Task">The task.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Patients">The patients that they are of.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="DistinctLabels">How many different labels their answers hold.</param>
/// <param name="Labels">The most frequent labels with the number of cases that hold them, equal ones by ordinal order.</param>
public sealed record TaskStats(string Kind, string Task, long Cases, long Patients, TokenStats Tokens, long DistinctLabels, IReadOnlyList<KeyValuePair<string, long>> Labels);
