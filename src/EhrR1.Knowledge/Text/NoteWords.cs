namespace EhrR1.Knowledge;

/// <summary>The single words of the rules, by their numbers.</summary>
/// <remarks>Safe for any number of threads.</remarks>
internal sealed class NoteWords
{
    private readonly bool[] _stops;
    private readonly bool[] _articles;
    private readonly bool[] _joiners;
    private readonly bool[] _abbreviations;

    public NoteWords(NoteRules rules, NoteVocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        foreach (var word in (string[])[.. rules.StopWords, .. rules.Articles, .. rules.Joiners, .. rules.Abbreviations])
            vocabulary.Add(word);
        _stops = Flags(rules.StopWords);
        _articles = Flags(rules.Articles);
        _joiners = Flags(rules.Joiners);
        _abbreviations = Flags(rules.Abbreviations);
    }

    public NoteVocabulary Vocabulary { get; }

    /// <summary>Whether no mention starts or ends with a word.</summary>
    public bool IsStop(int word) => word < _stops.Length && _stops[word];

    /// <summary>Whether a word is left out inside a mention.</summary>
    public bool IsArticle(int word) => word < _articles.Length && _articles[word];

    /// <summary>Whether what was begun goes on behind a word, over the end of a short line.</summary>
    public bool IsJoiner(int word) => word < _joiners.Length && _joiners[word];

    /// <summary>Whether a full stop behind a word ends no sentence.</summary>
    public bool IsAbbreviation(int word) => word < _abbreviations.Length && _abbreviations[word];

    private bool[] Flags(IReadOnlyList<string> words)
    {
        var flags = new bool[Vocabulary.Count];
        foreach (var word in words)
            flags[Vocabulary.Find(word)] = true;
        return flags;
    }
}
