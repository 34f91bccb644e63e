using System.Globalization;
using System.Text.RegularExpressions;

namespace EhrR1.Models;

/// <summary>Reads the context length out of the words with which servers refuse a prompt that is too long.</summary>
/// <remarks>As of late 2026: OpenAI and Azure, vLLM (three wordings over the years), SGLang, Together, llama.cpp, Mistral, xAI, Anthropic-style gateways, text-generation-inference.</remarks>
internal static partial class ContextLimitText
{
    private static readonly string[] _codes = ["context_length_exceeded", "exceed_context_size_error", "model_context_window_exceeded"];

    /// <summary>Whether an error is about the context's length, and which length it names.</summary>
    /// <param name="code">The error's code or type.</param>
    /// <param name="message">The server's message.</param>
    /// <param name="limit">The length in tokens; <see langword="null"/> if it names none.</param>
    public static bool TryRead(string? code, string message, out int? limit)
    {
        limit = null;
        foreach (var pattern in (Regex[])[OnlyLength(), MaximumLength(), ContextLength(), AvailableSize(), TooLarge(), GreaterThan(), AtMost()])
        {
            if (pattern.Match(message) is { Success: true } match)
            {
                if (int.TryParse(match.Groups["limit"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var named))
                    limit = named;
                return true;
            }
        }

        return _codes.Contains(code) || Unnamed().IsMatch(message);
    }

    [GeneratedRegex(@"maximum (context|model|prompt|input) length(,)? (is|of) (?<limit>\d+)", Options)]
    private static partial Regex MaximumLength();

    [GeneratedRegex(@"context length is (only )?(?<limit>\d+)", Options)]
    private static partial Regex OnlyLength();

    [GeneratedRegex(@"(longer than|exceeds?|exceeding) the model'?s (maximum )?context (length|window)\s*(of\s*)?\(?(?<limit>\d+)", Options)]
    private static partial Regex ContextLength();

    [GeneratedRegex(@"exceeds? the available context size \((?<limit>\d+)|exceeds? context window of (?<limit>\d+)", Options)]
    private static partial Regex AvailableSize();

    [GeneratedRegex(@"too large for model with (?<limit>\d+) maximum context", Options)]
    private static partial Regex TooLarge();

    [GeneratedRegex(@"prompt is too long: \d+ tokens > (?<limit>\d+)|token count of \d+ exceeds the limit of (?<limit>\d+)", Options)]
    private static partial Regex GreaterThan();

    [GeneratedRegex(@"tokens \+ .max_new_tokens. must be <= (?<limit>\d+)", Options)]
    private static partial Regex AtMost();

    [GeneratedRegex(@"exceeds? the available context size|context (length|window|size) (has been )?exceeded|exceeds? the (maximum )?context (length|window)", Options)]
    private static partial Regex Unnamed();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
}
