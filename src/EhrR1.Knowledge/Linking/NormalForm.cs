using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Writes a name so that case, accents, punctuation, plural, spelling and the order of words no longer matter.</summary>
/// <remarks>
/// <para>"Failure, Heart (Congestive)" and "congestive heart failures" become "congestive failure heart". Both the names of a
/// terminology and the terms of a chart are written so; what is cut off a chart's term alone stands in <see cref="ChartRules"/>.</para>
/// <para>The form of a form is the form itself. The idea is that of NLM's lexical tools (luiNorm); the rules are our own, and words
/// that tell concepts apart ("without", "A" of hepatitis A) are kept. Safe for any number of threads.</para>
/// </remarks>
public static class NormalForm
{
    private static readonly FrozenDictionary<char, string> _letters =
        EmbeddedTables.Rows("letters.tsv", 2).SelectMany(r => r[1].Select(c => KeyValuePair.Create(c, r[0]))).ToFrozenDictionary();

    [ThreadStatic]
    private static List<string>? _words;

    /// <summary>The normal form of a text: its different words, normalised, in the order of their code units, one blank between; empty where the text has no word.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = _words ??= [];
        words.Clear();
        Split(Plain(text), words);
        bool hasContent = words.Exists(w => !WordForms.IsFiller(w));
        for (int i = words.Count - 1; i >= 0; i--)
        {
            if (hasContent && WordForms.IsFiller(words[i]))
                words.RemoveAt(i);
            else
                words[i] = WordForms.Of(words[i]);
        }

        if (words.Count == 1)
            return words[0];
        words.Sort(StringComparer.Ordinal);
        int kept = 0;
        for (int i = 0; i < words.Count; i++)
        {
            if (i == 0 || words[i] != words[i - 1])
                words[kept++] = words[i];
        }

        words.RemoveRange(kept, words.Count - kept);
        return string.Join(' ', words);
    }

    /// <summary>The words of a text in their order, normalised one by one; fillers are kept.</summary>
    internal static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        Split(Plain(text), words);
        for (int i = 0; i < words.Count; i++)
            words[i] = WordForms.Of(words[i]);
        return words;
    }

    /// <summary>The text in lower case, without marks on letters.</summary>
    private static string Plain(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var plain = new StringBuilder(text.Length);
        foreach (char c in text.ToLowerInvariant())
        {
            if (_letters.TryGetValue(c, out var letters))
                plain.Append(letters);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
                plain.Append(c);
        }

        return plain.ToString();
    }

    private static void Split(string text, List<string> words)
    {
        for (int i = 0; i < text.Length;)
        {
            if (!IsWord(text[i]))
            {
                i++;
                continue;
            }

            int start = i;
            while (i < text.Length && Continues(text, i))
                i++;
            var word = text[start..i];
            // B-12, D-3: a letter and the number that a dash ties to it are one word.
            if (word.Length == 1 && char.IsAsciiLetter(word[0]) && i + 1 < text.Length && text[i] == '-' && char.IsAsciiDigit(text[i + 1]))
            {
                int end = i + 1;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                    end++;
                word += text[(i + 1)..end];
                i = end;
            }

            words.Add(word);
            // Barrett's, Hodgkin`s: the ending that shows whose it is says nothing.
            if (i + 1 < text.Length && text[i] is '\'' or '`' or '’' && text[i + 1] == 's' && (i + 2 == text.Length || !IsWord(text[i + 2])))
                i += 2;
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c);

    /// <summary>Whether a word goes on: by letters and digits, and by a point between digits.</summary>
    private static bool Continues(string text, int i) => IsWord(text[i])
        || (text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i - 1]));
}
