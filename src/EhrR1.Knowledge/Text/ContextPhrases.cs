namespace EhrR1.Knowledge;

/// <summary>The phrases of a <see cref="ContextRule"/>, found in a row of tokens; of those at one place the longest.</summary>
/// <remarks>Safe for any number of threads.</remarks>
internal sealed class ContextPhrases
{
    private readonly (int[] Words, ContextRole Role)[]?[] _byFirstWord;

    public ContextPhrases(ContextRule rule, NoteVocabulary vocabulary, NoteTokenizer tokenizer)
    {
        var phrases = new Dictionary<string, ContextRole>(StringComparer.Ordinal);
        (IReadOnlyList<string> Phrases, ContextRole Role)[] lists =
            [(rule.Before, ContextRole.Before), (rule.After, ContextRole.After), (rule.AfterList, ContextRole.AfterList), (rule.Pseudo, ContextRole.Pseudo), (rule.Ends, ContextRole.Ends)];
        foreach (var (list, role) in lists)
        {
            foreach (var phrase in list)
                phrases[phrase] = phrases.GetValueOrDefault(phrase) | role;
        }

        var byWords = phrases.Select(p => (Words: tokenizer.Read(p.Key, p.Key, []).Select(t => vocabulary.Add(p.Key.AsSpan(t.Start, t.Length))).ToArray(), p.Value))
            .GroupBy(p => p.Words[0]).ToList();
        _byFirstWord = new (int[], ContextRole)[]?[vocabulary.Count];
        foreach (var group in byWords)
            _byFirstWord[group.Key] = [.. group.OrderByDescending(p => p.Words.Length)];
    }

    /// <summary>How many tokens the phrase at a place has, or 0 where there is none.</summary>
    public int Match(ReadOnlySpan<NoteToken> tokens, int at, out ContextRole role)
    {
        int first = tokens[at].Word;
        if (first > 0 && first < _byFirstWord.Length && _byFirstWord[first] is { } phrases)
        {
            foreach (var (words, what) in phrases)
            {
                if (!StartsWith(tokens[at..], words))
                    continue;
                role = what;
                return words.Length;
            }
        }

        role = ContextRole.Pseudo;
        return 0;
    }

    private static bool StartsWith(ReadOnlySpan<NoteToken> tokens, int[] words)
    {
        if (tokens.Length < words.Length)
            return false;
        for (int i = 0; i < words.Length; i++)
        {
            if (tokens[i].Word != words[i])
                return false;
        }

        return true;
    }
}
