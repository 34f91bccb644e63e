namespace EhrR1.Models;

/// <summary>What tokens cost. A model of one's own costs nothing.</summary>
public sealed record TokenPrices
{
    /// <summary>The price of a million tokens read. The default value is 0.</summary>
    public decimal PromptPerMillion { get; init; }

    /// <summary>The price of a million tokens read out of the endpoint's cache; <see langword="null"/>, the default value, for that of any other.</summary>
    public decimal? CachedPerMillion { get; init; }

    /// <summary>The price of a million tokens written. The default value is 0.</summary>
    public decimal CompletionPerMillion { get; init; }

    /// <summary>The currency, for reports. The default value is USD.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>What some tokens cost.</summary>
    public decimal CostOf(TokenUsage usage)
        => ((usage.Prompt - usage.Cached) * PromptPerMillion + usage.Cached * (CachedPerMillion ?? PromptPerMillion) + usage.Completion * CompletionPerMillion) / 1_000_000m;
}
