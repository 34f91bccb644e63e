namespace EhrR1.Reasoning;

/// <summary>What a model was paid for: a teacher for its chains, those that were not kept included, or the one that tested them.</summary>
/// <param name="Teacher">The model's name, or "narrator".</param>
/// <param name="Requests">Samples, or chains, that it was asked about and answered; 0 for the narrator.</param>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="CachedTokens">Of these, tokens that came out of the endpoint's cache.</param>
/// <param name="CompletionTokens">Tokens written.</param>
/// <param name="Money">What they cost; <see langword="null"/> where no prices were given.</param>
/// <param name="Currency">The currency of the prices, or <see langword="null"/>.</param>
public sealed record TeacherCost(string Teacher, long Requests, long PromptTokens, long CachedTokens, long CompletionTokens, decimal? Money = null, string? Currency = null);
