using System.Globalization;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>Prices as they are given on the command line: <c>PROMPT,COMPLETION[,CACHED]</c>, each for a million tokens.</summary>
internal static class TokenPriceText
{
    /// <summary>Reads prices.</summary>
    /// <exception cref="EhrR1Exception">The text is no prices.</exception>
    public static TokenPrices Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var prices = Array.ConvertAll(parts, p => decimal.TryParse(p, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) ? price : -1);
        return prices.Length is 2 or 3 && prices.All(p => p >= 0)
            ? new TokenPrices { PromptPerMillion = prices[0], CompletionPerMillion = prices[1], CachedPerMillion = prices.Length == 3 ? prices[2] : null }
            : throw new EhrR1Exception($"'{text}' is no price list", null, "Write the price of a million prompt tokens, of a million completion tokens and, if it differs, of a million cached ones: 0.15,0.60,0.075");
    }
}
