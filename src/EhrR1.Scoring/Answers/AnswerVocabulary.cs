using System.Runtime.InteropServices;

namespace EhrR1.Scoring;

/// <summary>The items that a task's samples have as labels, which tell an item with a comma in it from two items.</summary>
/// <remarks>A sample's own labels are taken out once when its answer is read (<see cref="Knows"/>): the reading depends on what other
/// samples are labelled with and never on the answer that it is scored against. Immutable once filled; then safe for any number
/// of threads.</remarks>
public sealed class AnswerVocabulary
{
    private readonly Dictionary<string, int> _samples = new(StringComparer.Ordinal);

    /// <summary>Number of distinct items.</summary>
    public int Count => _samples.Count;

    /// <summary>Adds one sample's labels.</summary>
    /// <param name="labels">The labels as <see cref="AnswerReader.NormalizeLabels"/> gives them.</param>
    public void Add(IReadOnlySet<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach (string label in labels) CollectionsMarshal.GetValueRefOrAddDefault(_samples, label, out _)++;
    }

    /// <summary>Whether an item is a label of a sample other than the one that is read.</summary>
    /// <param name="item">An item, trimmed and lower-cased.</param>
    /// <param name="own">The labels of the sample that is read, which was added too; empty where it was not.</param>
    /// <returns><see langword="true"/> where at least one other sample has it.</returns>
    public bool Knows(string item, IReadOnlySet<string> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return _samples.TryGetValue(item, out int samples) && (samples > 1 || !own.Contains(item));
    }
}
