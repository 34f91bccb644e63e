using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Cuts a prompt to a number of tokens from the left of its input, never into the question.</summary>
/// <remarks>
/// Tokens do not add up over a cut, so every result is counted as it will be sent. With an <see cref="ITokenCutter"/> tokens are dropped from the left,
/// one by one until it fits, so that a larger limit never keeps less. Any other counter, such as an endpoint, is asked as rarely as
/// possible: the cut is estimated by proportion and made with a reserve of one in a hundred; most texts need three calls. Safe for use by any number of threads
/// if the counter is.
/// </remarks>
public sealed class PromptBudget(ITokenCounter counter)
{
    /// <summary>What counts.</summary>
    public ITokenCounter Counter { get; } = counter;

    /// <summary>Cuts an input so that it fits together with its question.</summary>
    /// <param name="input">The input, of which the end is kept.</param>
    /// <param name="question">What follows it at once, beginning with the newline between them.</param>
    /// <param name="limit">Tokens at most.</param>
    /// <param name="where">What the text is of, for the error: a sample's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EhrR1Exception">The question alone does not fit.</exception>
    public async ValueTask<FittedText> FitAsync(string input, string question, int limit, string? where = null, CancellationToken cancellationToken = default) =>
        await TryFitAsync(input, question, limit, cancellationToken)
            ?? throw new EhrR1Exception($"The question alone is longer than the {Math.Max(0, limit)} tokens that are left for it", where, "Raise the context limit, or ask for fewer new tokens or no candidates");

    /// <summary>As <see cref="FitAsync"/>, but <see langword="null"/> where the question alone does not fit.</summary>
    public async ValueTask<FittedText?> TryFitAsync(string input, string question, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(question);
        var full = await Counter.CountAsync(input + question, cancellationToken);
        if (full <= limit)
            return new FittedText(input + question, full, 0);
        var least = await Counter.CountAsync(question, cancellationToken);
        if (least > limit)
            return null;
        var (text, tokens) = Counter is ITokenCutter cutter
            ? await DropAsync(cutter, input, question, full - limit, limit, cancellationToken)
            : await ShrinkAsync(input, question, (full, least), limit, cancellationToken);
        // A cut may join what was apart and so cost more than it saves; that is no cut of fewer than no tokens.
        return new FittedText(text, tokens, Math.Max(1, full - tokens));
    }

    private static async ValueTask<(string Text, int Tokens)> DropAsync(ITokenCutter cutter, string input, string question, int excess, int limit, CancellationToken cancellationToken)
    {
        for (int dropped = excess, before = -1; ; dropped++)
        {
            var index = cutter.IndexAfter(input, dropped);
            if (index == before)
                continue;
            before = index;
            var text = string.Concat(input.AsSpan(index), question);
            var tokens = await cutter.CountAsync(text, cancellationToken);
            if (tokens <= limit || index == input.Length)
                return (text, tokens);
        }
    }

    private async ValueTask<(string Text, int Tokens)> ShrinkAsync(string input, string question, (int Full, int Least) tokens, int limit, CancellationToken cancellationToken)
    {
        var kept = input.Length;
        var of = tokens.Full;
        for (var share = 0.99; kept > 0; share *= 0.9)
        {
            var room = Math.Max(1, of - tokens.Least);
            kept = Math.Min(kept - 1, (int)(kept * share * (limit - tokens.Least) / room));
            var index = input.Length - Math.Max(0, kept);
            if (index < input.Length && char.IsLowSurrogate(input[index]) && char.IsHighSurrogate(input[index - 1]))
                index++;
            kept = input.Length - index;
            var text = string.Concat(input.AsSpan(index), question);
            of = await Counter.CountAsync(text, cancellationToken);
            if (of <= limit)
                return (text, of);
        }

        return (question, tokens.Least);
    }
}
