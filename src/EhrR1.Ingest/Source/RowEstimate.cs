using System.IO.Compression;

namespace EhrR1.Ingest;

/// <summary>About how many rows a CSV file holds, from its beginning.</summary>
internal static class RowEstimate
{
    private const int BytesRead = 1 << 18;

    /// <summary>Counts the rows of the first quarter of a mebibyte and takes the rest to be like it; a smaller file is counted whole.</summary>
    /// <remarks>Line breaks inside quotes are none. What is wrong with the file is for the build to say: what cannot be read counts as no rows.</remarks>
    public static long Of(SourceFile file)
    {
        try
        {
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var beginning = new byte[Math.Min(BytesRead, file.Bytes)];
            stream.ReadExactly(beginning);
            var lines = CountLines(beginning, file.IsGzip);
            return Math.Max(0, (long)(lines * ((double)file.Bytes / Math.Max(1, beginning.Length))) - 1);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long CountLines(byte[] beginning, bool isGzip)
    {
        long lines = 0;
        var quoted = false;
        using Stream text = isGzip ? new GZipStream(new MemoryStream(beginning), CompressionMode.Decompress) : new MemoryStream(beginning);
        var block = new byte[1 << 16];
        try
        {
            for (var read = text.Read(block); read > 0; read = text.Read(block))
            {
                foreach (var b in block.AsSpan(0, read))
                {
                    quoted ^= b == '"';
                    lines += b == '\n' && !quoted ? 1 : 0;
                }
            }
        }
        catch (InvalidDataException)
        {
            // The beginning of a gzip file ends in the middle of its data.
        }

        return lines;
    }
}
