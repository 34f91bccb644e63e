using System.Buffers;
using System.Text;

namespace EhrR1.Charts;

/// <summary>Writes Parquet's headers: Thrift's compact protocol, of which Parquet needs whole numbers, texts, lists and structures.</summary>
/// <remarks>Source: "Thrift compact protocol encoding" of Apache Thrift; the numbers of fields are those of parquet.thrift. Not safe for several threads at once.</remarks>
internal sealed class ThriftWriter
{
    private const int Int32Type = 5;
    private const int Int64Type = 6;
    private const int TextType = 8;
    private const int ListType = 9;
    private const int StructType = 12;

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 10);
    private readonly Stack<int> _outer = [];
    private int _lastField;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _outer.Clear();
        _lastField = 0;
    }

    public void Int32(int field, int value)
    {
        Field(field, Int32Type);
        Signed(value);
    }

    public void Int64(int field, long value)
    {
        Field(field, Int64Type);
        Signed(value);
    }

    public void Text(int field, string value)
    {
        Field(field, TextType);
        Bytes(value);
    }

    public void Int32List(int field, params ReadOnlySpan<int> values)
    {
        List(field, Int32Type, values.Length);
        foreach (var value in values)
            Signed(value);
    }

    public void TextList(int field, IReadOnlyList<string> values)
    {
        List(field, TextType, values.Count);
        foreach (var value in values)
            Bytes(value);
    }

    /// <summary>Begins a list of structures, each of which is begun and ended by itself.</summary>
    public void StructList(int field, int count) => List(field, StructType, count);

    /// <summary>Begins a structure that is a field.</summary>
    public void BeginStruct(int field)
    {
        Field(field, StructType);
        BeginItem();
    }

    /// <summary>Begins a structure that is an item of a list.</summary>
    public void BeginItem()
    {
        _outer.Push(_lastField);
        _lastField = 0;
    }

    public void EndStruct()
    {
        Byte(0);
        _lastField = _outer.Pop();
    }

    /// <summary>Ends the outermost structure.</summary>
    public void End() => Byte(0);

    private void Field(int field, int type)
    {
        // Fields come in order, each less than 16 after the one before.
        Byte((byte)(((field - _lastField) << 4) | type));
        _lastField = field;
    }

    private void List(int field, int type, int count)
    {
        Field(field, ListType);
        if (count < 15)
        {
            Byte((byte)((count << 4) | type));
            return;
        }

        Byte((byte)(0xF0 | type));
        Unsigned((ulong)count);
    }

    private void Bytes(string value)
    {
        Unsigned((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    private void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    private void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
