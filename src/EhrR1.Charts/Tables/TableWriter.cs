using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>Writes a Parquet file (zstd) row by row; memory holds one row group.</summary>
/// <remarks>The file gets its name when it is whole. Declare all columns before the first row. Not safe for several threads at once.</remarks>
public sealed class TableWriter : IDisposable
{
    private const int RowsPerGroup = 1 << 16;

    private readonly string _path;
    private readonly List<ITableColumn> _columns = [];
    private FileStream? _file;
    private ParquetWriter? _writer;
    private int _held;

    /// <summary>Prepares to write a file; nothing is made before the first row.</summary>
    public TableWriter(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _path = path;
    }

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Declares a column.</summary>
    /// <typeparam name="T">As in <see cref="TableColumn{T}"/>.</typeparam>
    public TableColumn<T> Column<T>(string name)
    {
        if (_writer is not null)
            throw new InvalidOperationException("Columns are declared before the first row.");
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        var field = type == typeof(DateTime) ? new DateTimeDataField(name, DateTimeFormat.DateAndTimeMicros, isNullable: true) : new DataField(name, type, isNullable: true);
        var column = new TableColumn<T>(field);
        _columns.Add(column);
        return column;
    }

    /// <summary>Ends a row, of which each column got its value.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void EndRow()
    {
        Rows++;
        if (++_held == RowsPerGroup)
            WriteGroup();
    }

    /// <summary>Writes what is left and gives the file its name.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void Finish()
    {
        WriteGroup();
        Writing(() =>
        {
            Close();
            AtomicFile.Commit(_path);
        });
    }

    /// <summary>Closes the file; one that was not finished is deleted.</summary>
    public void Dispose()
    {
        if (_file is null)
            return;
        var partial = _file.Name;
        _file.Dispose();
        _file = null;
        File.Delete(partial);
    }

    private void WriteGroup()
    {
        if (_held == 0 && _writer is not null)
            return;
        if (_columns.Find(c => c.Count != _held) is { } uneven)
            throw new InvalidOperationException($"The column '{uneven.Field.Name}' has {uneven.Count} values in {_held} rows.");
        Writing(() =>
        {
            Open();
            if (_held == 0)
                return;
            using var group = _writer!.CreateRowGroup();
            foreach (var column in _columns)
            {
                Wait(column.WriteAsync(group));
                column.Clear();
            }
        });
        _held = 0;
    }

    private void Open()
    {
        if (_writer is not null)
            return;
        Workspace.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        _file = AtomicFile.Begin(_path);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(_columns.ConvertAll(c => c.Field)), _file, options).GetAwaiter().GetResult();
    }

    private void Close()
    {
        _writer!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file!.Flush(flushToDisk: true);
        _file.Dispose();
        _file = null;
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

    // Writing to a file stream ends before it returns, or is soon done.
    private static void Wait(ValueTask writing)
    {
        if (!writing.IsCompletedSuccessfully)
            writing.AsTask().GetAwaiter().GetResult();
    }
}
