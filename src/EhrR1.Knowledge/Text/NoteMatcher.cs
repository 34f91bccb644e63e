using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>Finds the concepts that a clinical note names, and says which of them are not the patient's.</summary>
/// <remarks>
/// <para>Windows of up to five words are looked up approximately, and of those that overlap the best are kept, as in QuickUMLS
/// (Soldaini and Goharian, MedIR 2016). Negation, the family, allergies and what is only looked for are marked by phrases and
/// sections; note-rules.json holds them, docs/terminology.md describes them.</para>
/// <para>Safe for any number of threads; the terminology must outlive it.</para>
/// </remarks>
public sealed class NoteMatcher
{
    private readonly NoteMatcherOptions _options;
    private readonly NoteWords _words;
    private readonly NoteTokenizer _tokenizer;
    private readonly NoteHeadings _headings;
    private readonly NoteContext[] _contexts;
    private readonly WindowLookup _lookup;

    /// <summary>Makes a matcher.</summary>
    /// <param name="terminology">The concepts and their names.</param>
    /// <param name="options">What to find, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The most words or the least length is below 1.</exception>
    public NoteMatcher(Terminology terminology, NoteMatcherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(terminology);
        _options = options ?? new NoteMatcherOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MostWords, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.LeastLength, 1, nameof(options));
        var rules = NoteRules.BuiltIn;
        var vocabulary = new NoteVocabulary();
        _words = new NoteWords(rules, vocabulary);
        _tokenizer = new NoteTokenizer(_words);
        _headings = new NoteHeadings(rules);
        _contexts = [.. rules.Contexts.Select(r => new NoteContext(r, _words, new ContextPhrases(r, vocabulary, _tokenizer)))];
        _lookup = new WindowLookup(terminology, _options, rules);
    }

    /// <summary>The mentions of a text.</summary>
    /// <param name="text">The text; its lines may be wrapped.</param>
    /// <returns>In the order of their places; of one place the most similar first, then in the order of the concepts' numbers: one mention for each concept.</returns>
    public IReadOnlyList<NoteMention> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Names are written with the plain apostrophe and dash.
        var folded = NameIndex.Fold(text).Replace('’', '\'').Replace('‑', '-').Replace('‐', '-');
        var headings = _headings.Find(text, folded);
        var tokenList = _tokenizer.Read(text, folded, headings);
        var tokens = CollectionsMarshal.AsSpan(tokenList);
        var windows = new NoteWindows(_words, _options).Find(folded, tokens, _lookup);
        if (_options.BestMatch)
            windows = BestWindows.Of(windows, tokens.Length, _options.Overlap);
        else
            BestWindows.Sort(windows, _options.Overlap);
        foreach (var context in _contexts)
            context.Mark(tokens, windows);
        return Mentions(windows, headings);
    }

    private static List<NoteMention> Mentions(List<NoteWindow> windows, List<NoteHeading> headings)
    {
        var mentions = new List<NoteMention>();
        int heading = -1;
        foreach (var window in windows)
        {
            while (heading + 1 < headings.Count && headings[heading + 1].Start <= window.Start)
                heading++;
            var (section, mark) = heading < 0 ? ("", MentionMarks.None) : (headings[heading].Heading, headings[heading].Mark);
            foreach (var hit in window.Hits)
                mentions.Add(new NoteMention(window.Start, window.Length, hit.Concept, hit.Name, hit.Similarity, window.Marks | mark, section));
        }

        return mentions;
    }
}
