using System.Buffers;
using System.Buffers.Binary;
using ZstdSharp;

namespace EhrR1.Charts;

/// <summary>Writes a Parquet file (zstd) whose rows hold long texts, lists and records, row by row; memory holds one row group, about 16 MiB of text.</summary>
/// <remarks>
/// Beside <see cref="TableWriter"/> because Parquet.Net puts the least and the greatest text of a group into its headers: with a patient's record a row that
/// made files much larger, and the footer full of records. Here no statistics are written, and texts are encoded as they come.
/// The file gets its name when it is whole. Declare all columns before the first row. Not safe for several threads at once.
/// Source: the Parquet format's specification 2.10: data pages of version 1, plain values, levels as runs.
/// </remarks>
public sealed class NestedTableWriter : IDisposable
{
    private const int GroupBytes = 16 << 20;
    private const int CompressionLevel = 3;
    private const int ZstdCodec = 6;
    private const int PlainEncoding = 0;
    private const int RunEncoding = 3;

    private static readonly byte[] _mark = "PAR1"u8.ToArray();

    private readonly string _path;
    private readonly NestedSchema _schema = new("schema");
    private readonly List<NestedColumn> _columns = [];
    private readonly List<NestedRecords> _records = [];
    private readonly List<WrittenGroup> _groups = [];
    private readonly Compressor _compressor = new(CompressionLevel);
    private readonly ArrayBufferWriter<byte> _page = new();
    private readonly ThriftWriter _header = new();
    private byte[] _compressed = [];
    private FileStream? _file;
    private int _held;

    /// <summary>Prepares to write a file; nothing is made before the first row group.</summary>
    public NestedTableWriter(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _path = path;
    }

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Declares a column of texts.</summary>
    public NestedColumn Text(string name) => Leaf(_schema, name, NestedType.Text, [name], definition: 1, repeat: 0);

    /// <summary>Declares a column of whole numbers of 32 bits.</summary>
    public NestedColumn Int32(string name) => Leaf(_schema, name, NestedType.Int32, [name], definition: 1, repeat: 0);

    /// <summary>Declares a column of whole numbers of 64 bits.</summary>
    public NestedColumn Int64(string name) => Leaf(_schema, name, NestedType.Int64, [name], definition: 1, repeat: 0);

    /// <summary>Declares a column of lists of texts.</summary>
    public NestedList TextList(string name) => new(Leaf(_schema.AddGroup(name).AddGroup("list", isRepeated: true), "element", NestedType.Text, [name, "list", "element"], definition: 3, repeat: 1));

    /// <summary>Declares a column of records; declare its members at once.</summary>
    public NestedRecord Record(string name) => new(this, _schema.AddGroup(name));

    /// <summary>Declares a column of lists of records with two members, both texts.</summary>
    public NestedRecords Records(string name, string first, string second)
    {
        var element = _schema.AddGroup(name).AddGroup("list", isRepeated: true).AddGroup("element");
        var records = new NestedRecords(Member(first), Member(second));
        _records.Add(records);
        return records;

        NestedColumn Member(string member) => Leaf(element, member, NestedType.Text, [name, "list", "element", member], definition: 4, repeat: 1);
    }

    /// <summary>Ends a row, of which each column got its value.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void EndRow()
    {
        Rows++;
        _held++;
        foreach (var records in _records)
            records.EndRow();
        var bytes = 0L;
        foreach (var column in _columns)
        {
            if (column.Rows != _held)
                throw new InvalidOperationException($"The column '{string.Join('.', column.Path)}' has {column.Rows} values in {_held} rows.");
            bytes += column.Bytes;
        }

        if (bytes >= GroupBytes)
            Writing(WriteGroup);
    }

    /// <summary>Writes what is left and gives the file its name.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void Finish() => Writing(() =>
    {
        Open();
        if (_held > 0)
            WriteGroup();
        WriteFooter();
        _file!.Flush(flushToDisk: true);
        _file.Dispose();
        _file = null;
        AtomicFile.Commit(_path);
    });

    /// <summary>Closes the file; one that was not finished is deleted.</summary>
    public void Dispose()
    {
        _compressor.Dispose();
        if (_file is null)
            return;
        var partial = _file.Name;
        _file.Dispose();
        _file = null;
        File.Delete(partial);
    }

    internal NestedColumn Leaf(NestedSchema parent, string name, NestedType type, IReadOnlyList<string> path, int definition, int repeat)
    {
        if (Rows > 0)
            throw new InvalidOperationException("Columns are declared before the first row.");
        parent.AddLeaf(name, type);
        var column = new NestedColumn(path, type, definition, repeat);
        _columns.Add(column);
        return column;
    }

    private void Open()
    {
        if (_file is not null)
            return;
        Workspace.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        _file = AtomicFile.Begin(_path);
        _file.Write(_mark);
    }

    private void WriteGroup()
    {
        Open();
        _groups.Add(new WrittenGroup(_held, [.. _columns.Select(WriteColumn)]));
        _held = 0;
    }

    private WrittenColumn WriteColumn(NestedColumn column)
    {
        _page.ResetWrittenCount();
        column.WriteTo(_page);
        var bound = Compressor.GetCompressBound(_page.WrittenCount);
        if (_compressed.Length < bound)
            _compressed = new byte[bound];
        var compressed = _compressor.Wrap(_page.WrittenSpan, _compressed);
        _header.Clear();
        _header.Int32(1, 0);
        _header.Int32(2, _page.WrittenCount);
        _header.Int32(3, compressed);
        _header.BeginStruct(5);
        _header.Int32(1, column.Entries);
        _header.Int32(2, PlainEncoding);
        _header.Int32(3, RunEncoding);
        _header.Int32(4, RunEncoding);
        _header.EndStruct();
        _header.End();
        var written = new WrittenColumn(_file!.Position, column.Entries, _header.Written.Length + _page.WrittenCount, _header.Written.Length + compressed);
        _file.Write(_header.Written);
        _file.Write(_compressed.AsSpan(0, compressed));
        column.Clear();
        return written;
    }

    private void WriteFooter()
    {
        _header.Clear();
        _header.Int32(1, 1);
        _header.StructList(2, _schema.Count);
        _schema.WriteTo(_header);
        _header.Int64(3, Rows);
        _header.StructList(4, _groups.Count);
        foreach (var group in _groups)
        {
            _header.BeginItem();
            _header.StructList(1, group.Columns.Count);
            for (var i = 0; i < group.Columns.Count; i++)
                WriteChunk(_columns[i], group.Columns[i]);
            _header.Int64(2, group.Columns.Sum(c => c.Bytes));
            _header.Int64(3, group.Rows);
            _header.EndStruct();
        }

        _header.Text(6, Workspace.ProgramVersion);
        _header.End();
        _file!.Write(_header.Written);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, _header.Written.Length);
        _file.Write(length);
        _file.Write(_mark);
    }

    private void WriteChunk(NestedColumn column, WrittenColumn written)
    {
        _header.BeginItem();
        _header.Int64(2, written.Offset);
        _header.BeginStruct(3);
        _header.Int32(1, (int)column.Type);
        _header.Int32List(2, PlainEncoding, RunEncoding);
        _header.TextList(3, column.Path);
        _header.Int32(4, ZstdCodec);
        _header.Int64(5, written.Entries);
        _header.Int64(6, written.Bytes);
        _header.Int64(7, written.CompressedBytes);
        _header.Int64(9, written.Offset);
        _header.EndStruct();
        _header.EndStruct();
    }

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The file cannot be written: {e.Message}", _path, "Free disk space or choose a folder that you may write to, then run the command again", e);
        }
    }

    private sealed record WrittenGroup(int Rows, IReadOnlyList<WrittenColumn> Columns);

    private readonly record struct WrittenColumn(long Offset, int Entries, long Bytes, long CompressedBytes);
}
