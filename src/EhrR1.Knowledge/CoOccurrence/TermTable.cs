using System.Collections.Concurrent;

namespace EhrR1.Knowledge;

/// <summary>The terms of charts by number: texts that differ in case, or in blanks at their ends, are one term.</summary>
/// <remarks>Numbers are given in the order of first sight, so with several threads they differ from run to run; texts do not. Thread-safe.</remarks>
internal sealed class TermTable
{
    private readonly ConcurrentDictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly Lock _gate = new();

    /// <summary>How many terms there are; it only grows.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _texts.Count;
        }
    }

    /// <summary>The number of a text, given to it now if it is new.</summary>
    public int Intern(string text) => _byText.TryGetValue(text, out int known) ? known : Add(text);

    /// <summary>The number of a text, or −1.</summary>
    public int Find(string text)
    {
        lock (_gate)
            return _byKey.GetValueOrDefault(KeyOf(text), -1);
    }

    /// <summary>A term's text: of the spellings that were seen, the first by its characters.</summary>
    public string Text(int term)
    {
        lock (_gate)
            return _texts[term];
    }

    /// <summary>How terms are compared.</summary>
    public static string KeyOf(string text) => NameIndex.Fold(text.Trim());

    private int Add(string text)
    {
        lock (_gate)
        {
            var key = KeyOf(text);
            if (!_byKey.TryGetValue(key, out int term))
            {
                term = _texts.Count;
                _byKey.Add(key, term);
                _texts.Add(text.Trim());
            }
            else if (string.CompareOrdinal(text.Trim(), _texts[term]) < 0)
            {
                _texts[term] = text.Trim();
            }

            _byText[text] = term;
            return term;
        }
    }
}
