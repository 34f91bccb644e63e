using System.Text.RegularExpressions;

namespace EhrR1.Scoring;

/// <summary>Takes thinking and a model's own special tokens off a text, however they are nested or cut.</summary>
internal static partial class ThinkingBlocks
{
    /// <summary>The part that is the answer: what follows the last closing tag, up to a further opening one.</summary>
    public static string Strip(string output, ref AnswerFormat format)
    {
        string answer = output;
        if (answer.Contains('<', StringComparison.Ordinal))
        {
            Match closed = Closing().Match(answer);
            if (closed.Success) answer = answer[(closed.Index + closed.Length)..];
            Match opened = Opening().Match(answer);
            if (opened.Success)
            {
                answer = answer[..opened.Index];
                format |= AnswerFormat.ThinkingUnclosed;
            }

            string bare = SpecialToken().Replace(answer, "");
            if (bare.Length != answer.Length) format |= AnswerFormat.SpecialTokens;
            answer = bare;
        }

        return answer;
    }

    // The last one; a model that writes in channels closes its thinking by opening the final one.
    [GeneratedRegex(@"</think(?:ing)?>|<\|channel\|>final<\|message\|>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex Closing();

    [GeneratedRegex(@"<think(?:ing)?>|<\|channel\|>analysis<\|message\|>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"<\|[a-z_]{2,30}\|>|</s>", RegexOptions.CultureInvariant)]
    private static partial Regex SpecialToken();
}
