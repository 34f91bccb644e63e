namespace EhrR1.Models;

/// <summary>Counts which of some answers completions begin with.</summary>
internal static class AnswerCount
{
    /// <summary>The logarithm of each answer's share among the completions that hold one; <see langword="null"/> if none does.</summary>
    public static IReadOnlyList<double>? Of(IEnumerable<Completion> completions, IReadOnlyList<string> answers)
    {
        var counts = new int[answers.Count];
        foreach (var completion in completions)
        {
            if (Find(completion.Text, answers) is >= 0 and var found)
                counts[found]++;
        }

        var all = counts.Sum();
        return all == 0 ? null : [.. counts.Select(c => Math.Log((double)c / all))];
    }

    // The first word after the thinking that is one of the answers.
    private static int Find(string text, IReadOnlyList<string> answers)
    {
        var end = text.LastIndexOf("</think>", StringComparison.Ordinal);
        if (end < 0 && text.Contains("<think>", StringComparison.Ordinal))
            return -1;
        var rest = end < 0 ? text : text[(end + "</think>".Length)..];
        for (var i = 0; i < rest.Length;)
        {
            var start = i;
            while (i < rest.Length && char.IsLetter(rest[i]))
                i++;
            for (var answer = 0; i > start && answer < answers.Count; answer++)
            {
                if (rest.AsSpan(start, i - start).Equals(answers[answer], StringComparison.OrdinalIgnoreCase))
                    return answer;
            }

            if (i == start)
                i++;
        }

        return -1;
    }
}
