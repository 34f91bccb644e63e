using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>Where lists begin and which are empty, as Parquet's repetition and definition levels.</summary>
internal sealed class ListLevels
{
    private readonly List<int> _lengths = [];

    public int Rows => _lengths.Count;

    public void Add(int length) => _lengths.Add(length);

    public void Clear() => _lengths.Clear();

    /// <summary>Writes the packed values of all lists.</summary>
    public ValueTask WriteAsync(ParquetRowGroupWriter group, DataField field, ReadOnlyMemory<ReadOnlyMemory<char>> texts)
    {
        if (_lengths.Sum() != texts.Length)
            throw new InvalidOperationException($"The column '{field.Path}' has {texts.Length} texts in lists of {_lengths.Sum()}.");
        var repeats = new List<int>(texts.Length);
        var definitions = new List<int>(texts.Length);
        foreach (var length in _lengths)
        {
            for (var i = 0; i < Math.Max(1, length); i++)
            {
                repeats.Add(i == 0 ? 0 : field.MaxRepetitionLevel);
                // 1 is an empty list; every value of one that is not is there.
                definitions.Add(length == 0 ? 1 : field.MaxDefinitionLevel);
            }
        }

        return new(group.WriteAllPartsAsync(field, texts, definitions.ToArray(), repeats.ToArray(), default));
    }
}
