namespace EhrR1.Models;

/// <summary>What a run may use at most.</summary>
public sealed record Budget
{
    /// <summary>Tokens, read and written together. The default value is no limit.</summary>
    public long? Tokens { get; init; }

    /// <summary>Money, in the currency of the prices. The default value is no limit.</summary>
    public decimal? Money { get; init; }
}
