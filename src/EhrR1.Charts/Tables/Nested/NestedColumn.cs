using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EhrR1.Charts;

/// <summary>A column of a <see cref="NestedTableWriter"/>, or a member of its records: texts or whole numbers; a missing value is <see langword="null"/>.</summary>
public sealed class NestedColumn
{
    private readonly ArrayBufferWriter<byte> _values = new(1 << 10);
    private readonly LevelRuns _repeats;
    private readonly LevelRuns _definitions;

    internal NestedColumn(IReadOnlyList<string> path, NestedType type, int mostDefinition, int mostRepeat)
    {
        Path = path;
        Type = type;
        _repeats = new LevelRuns(mostRepeat);
        _definitions = new LevelRuns(mostDefinition);
    }

    internal IReadOnlyList<string> Path { get; }

    internal NestedType Type { get; }

    /// <summary>How many entries wait: values, missing ones and empty lists.</summary>
    internal int Entries { get; private set; }

    /// <summary>How many rows they are of.</summary>
    internal int Rows { get; private set; }

    /// <summary>The bytes that wait.</summary>
    internal int Bytes => _values.WrittenCount;

    /// <summary>Adds the row's text.</summary>
    public void Add(string? value)
    {
        if (value is null)
            AddMissing();
        else
            AddText(value, isFirst: true);
    }

    /// <summary>Adds the row's text.</summary>
    public void Add(ReadOnlySpan<char> value) => AddText(value, isFirst: true);

    /// <summary>Adds the row's number.</summary>
    public void Add(long? value)
    {
        if (value is not { } number)
        {
            AddMissing();
            return;
        }

        Expect(Type != NestedType.Text);
        if (Type == NestedType.Int32)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_values.GetSpan(4), checked((int)number));
            _values.Advance(4);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(_values.GetSpan(8), number);
            _values.Advance(8);
        }

        AddEntry(isFirst: true, _definitions.Most);
    }

    /// <summary>Adds a text of a list.</summary>
    /// <param name="value">The text.</param>
    /// <param name="isFirst">Whether it is the list's first, so that a row begins.</param>
    internal void AddText(ReadOnlySpan<char> value, bool isFirst)
    {
        Expect(Type == NestedType.Text);
        var to = _values.GetSpan(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, to[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(to, length);
        _values.Advance(4 + length);
        AddEntry(isFirst, _definitions.Most);
    }

    /// <summary>Adds a row with an empty list.</summary>
    internal void AddEmptyList() => AddEntry(isFirst: true, 1);

    /// <summary>Puts levels and values together, as a page holds them.</summary>
    internal void WriteTo(ArrayBufferWriter<byte> page)
    {
        _repeats.WriteTo(page);
        _definitions.WriteTo(page);
        page.Write(_values.WrittenSpan);
    }

    internal void Clear()
    {
        _values.ResetWrittenCount();
        _repeats.Clear();
        _definitions.Clear();
        (Entries, Rows) = (0, 0);
    }

    private void AddMissing() => AddEntry(isFirst: true, _definitions.Most - 1);

    private void AddEntry(bool isFirst, int definition)
    {
        _repeats.Add(isFirst ? 0 : _repeats.Most);
        _definitions.Add(definition);
        Entries++;
        Rows += isFirst ? 1 : 0;
    }

    private void Expect(bool fits)
    {
        if (!fits)
            throw new InvalidOperationException($"The column '{string.Join('.', Path)}' holds {Type}.");
    }
}
