using System.IO.Compression;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Reads the column names of a CSV file.</summary>
public static class CsvHeader
{
    /// <summary>The column names in their order, as the file spells them; a byte order mark is passed over.</summary>
    /// <exception cref="EhrR1Exception">The file cannot be opened or has no header line.</exception>
    public static IReadOnlyList<string> Read(SourceFile file)
    {
        try
        {
            using var raw = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var stream = file.IsGzip ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var line = reader.ReadLine();
            if (string.IsNullOrWhiteSpace(line))
                throw new EhrR1Exception($"The table '{file.Table}' is empty: it has no header line", file.Path, "Restore the file from its download, or remove it if the table is not wanted");
            return [.. line.Split(',').Select(c => c.Trim().Trim('"'))];
        }
        catch (InvalidDataException e)
        {
            throw new EhrR1Exception($"The file is no readable gzip: {e.Message}", file.Path, "Download it again", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new EhrR1Exception($"The file cannot be read: {e.Message}", file.Path, "Change its permissions, or copy it to a folder that you may read", e);
        }
    }
}
