namespace EhrR1.Reasoning;

/// <summary>Cuts reasoning into sentences and finds what each joins.</summary>
internal static class ChainSteps
{
    private static readonly string[] _abbreviations = ["e.g", "i.e", "vs", "dr", "etc", "approx", "no", "cf", "st"];

    /// <summary>Adds the sentences of a section.</summary>
    public static void Add(List<ReasoningStep> to, string text, TextSpan section, ChainWord[] words)
    {
        int start = section.Start;
        for (int at = section.Start; at <= section.End; at++)
        {
            if (at < section.End && !EndsSentence(text, at, section.End))
                continue;
            int end = at < section.End && text[at] != '\n' ? at + 1 : at;
            var span = TextSpan.Trimmed(text, start, end);
            if (span.Length > 1)
                to.Add(StepOf(text, span, words));
            start = end;
        }
    }

    private static ReasoningStep StepOf(string text, TextSpan span, ChainWord[] words)
    {
        var relations = new List<RelationMention>();
        int first = ChainWord.FirstFrom(words, span.Start), last = ChainWord.FirstFrom(words, span.End);
        for (int i = first; i < last;)
        {
            int count = ChainRules.BuiltIn.RelationTable.Match(words.AsSpan(0, last), i, out int code);
            if (count > 0)
                relations.Add(RelationWording.Mention(TextSpan.Between(words[i].Start, words[i + count - 1].End), code));
            i += Math.Max(1, count);
        }

        AddArrows(relations, text, span);
        var concepts = new List<TextSpan>();
        int at = span.Start;
        foreach (var relation in relations)
        {
            AddConcept(concepts, text, at, relation.Span.Start);
            at = relation.Span.End;
        }

        if (relations.Count > 0)
            AddConcept(concepts, text, at, span.End);
        return new ReasoningStep(span, concepts, relations);
    }

    private static void AddArrows(List<RelationMention> to, string text, TextSpan span)
    {
        int before = to.Count;
        for (int at = span.Start; at < span.End; at++)
        {
            int width = text[at] switch { '→' or '⇒' or '⟶' => 1, '-' or '=' or '–' when at + 1 < span.End && text[at + 1] == '>' => 2, _ => 0 };
            if (width == 0)
                continue;
            to.Add(new RelationMention(new TextSpan(at, width), -1, false));
            at += width - 1;
        }

        if (to.Count > before)
            to.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
    }

    private static void AddConcept(List<TextSpan> to, string text, int start, int end)
    {
        while (start < end && !char.IsLetterOrDigit(text[start]))
            start++;
        while (end > start && !char.IsLetterOrDigit(text[end - 1]) && text[end - 1] is not (')' or '%' or ']'))
            end--;
        if (end > start)
            to.Add(TextSpan.Between(start, end));
    }

    private static bool EndsSentence(string text, int at, int limit)
    {
        char c = text[at];
        if (c is '\n' or '!' or '?' or '。')
            return true;
        if (c != '.' || (at + 1 < limit && !char.IsWhiteSpace(text[at + 1])))
            return false;
        int word = at;
        while (word > 0 && (char.IsLetter(text[word - 1]) || text[word - 1] == '.'))
            word--;
        var before = text.AsSpan(word, at - word);
        foreach (var abbreviation in _abbreviations)
        {
            if (before.Equals(abbreviation, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        // "RENAL U.S. shows"
        if ((before.Length == 1 || before.Contains('.')) && at + 2 < limit && char.IsLower(text[at + 2]))
            return false;
        // A list's number ("1.") goes with what follows.
        int digits = at;
        while (digits > 0 && char.IsAsciiDigit(text[digits - 1]))
            digits--;
        return digits == at || digits > 0 && text[digits - 1] is not ('\n' or ' ' or '*') || digits > 0 && text[digits - 1] == ' ' && !IsLineStart(text, digits);
    }

    private static bool IsLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t' or '*' or '-')
            at--;
        return at == 0 || text[at - 1] == '\n';
    }
}
