namespace EhrR1.Ingest;

/// <summary>How far a build is.</summary>
/// <param name="Step">What is being done: <c>reading</c> tables or <c>ordering</c> charts.</param>
/// <param name="Done">Source bytes read, or rows put in order.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Detail">The table or shard at work.</param>
public readonly record struct BuildProgress(string Step, long Done, long Total, string Detail);
