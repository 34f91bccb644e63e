using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>One Parquet file of the chart store, open for reading.</summary>
internal sealed class ChartFile : IDisposable
{
    private readonly ColumnFile _file;
    private readonly ParquetReader _reader;
    private readonly Dictionary<string, DataField> _fields = new(StringComparer.Ordinal);

    private ChartFile(ColumnFile file, ParquetReader reader)
    {
        _file = file;
        _reader = reader;
        foreach (var field in reader.Schema.GetDataFields())
        {
            // A list's values stand under the list's name.
            var path = field.Path.ToString();
            _fields[path.IndexOf('/') is >= 0 and var end ? path[..end] : path] = field;
        }
    }

    /// <summary>The number of rows.</summary>
    public int Rows => checked((int)(_reader.Metadata?.NumRows ?? 0));

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="EhrR1Exception">The file is missing or damaged.</exception>
    public static ChartFile Open(string path)
    {
        ColumnFile? file = null;
        try
        {
            file = new ColumnFile(path);
            return new ChartFile(file, ParquetReader.CreateAsync(file, leaveStreamOpen: true).GetAwaiter().GetResult());
        }
        catch (Exception e)
        {
            file?.Dispose();
            throw Unreadable(path, e);
        }
    }

    /// <summary>The error of a file that cannot be read. A damaged file makes the Parquet reader throw nearly anything.</summary>
    public static EhrR1Exception Unreadable(string path, Exception e)
        => new($"A file of the chart store cannot be read: {e.Message.Split('\n')[0].TrimEnd('.')}", path, "Build the charts again with 'ehr-r1 build'", e);

    /// <summary>The column of a name.</summary>
    /// <exception cref="InvalidDataException">The file has no such column.</exception>
    public DataField Field(string name) => _fields.TryGetValue(name, out var field) ? field : throw new InvalidDataException($"it has no column '{name}'");

    /// <summary>The row groups that may hold rows of a patient, or all.</summary>
    /// <param name="subjectId">The patient, or <see langword="null"/> for all.</param>
    public IEnumerable<ParquetRowGroupReader> Groups(long? subjectId)
    {
        var subjects = Field(ChartSchema.CommonColumns[0].Name);
        for (var i = 0; i < _reader.RowGroupCount; i++)
        {
            using var group = _reader.OpenRowGroupReader(i);
            if (subjectId is { } id && group.GetStatistics(subjects) is { MinValue: long least, MaxValue: long most } && (id < least || id > most))
                continue;
            yield return group;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        // Disposing of the reader only returns its buffers; nothing is waited for.
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file.Dispose();
    }
}
