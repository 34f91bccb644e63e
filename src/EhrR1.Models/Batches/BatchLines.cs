namespace EhrR1.Models;

/// <summary>Reads a file line by line with the place of each, whatever its line ends.</summary>
internal static class BatchLines
{
    private const int FirstBuffer = 1 << 16;

    /// <summary>A line: its place, its bytes, which hold until the next one is read, and whether a line end follows it.</summary>
    public readonly record struct Line(int Number, LogPlace Place, ReadOnlyMemory<byte> Bytes, bool IsWhole);

    /// <summary>The lines that hold more than blanks.</summary>
    public static IEnumerable<Line> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var buffer = new byte[FirstBuffer];
        long offset = 0;
        int held = 0, number = 0;
        while (true)
        {
            int end, searched = 0;
            while ((end = buffer.AsSpan(searched, held - searched).IndexOf((byte)'\n')) < 0)
            {
                searched = held;
                if (held == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                int read = file.Read(buffer, held, buffer.Length - held);
                if (read == 0)
                    break;
                held += read;
            }

            bool isWhole = end >= 0;
            int length = isWhole ? searched + end : held;
            number++;
            var (start, trimmed) = Trim(buffer.AsSpan(0, length));
            if (trimmed > 0)
                yield return new Line(number, new LogPlace(offset + start, trimmed), buffer.AsMemory(start, trimmed), isWhole);
            if (!isWhole)
                yield break;
            buffer.AsSpan(length + 1, held - length - 1).CopyTo(buffer);
            held -= length + 1;
            offset += length + 1;
        }
    }

    // Blanks, the return of a Windows line end, and the mark at the head of a file.
    private static (int Start, int Length) Trim(ReadOnlySpan<byte> line)
    {
        int start = line.StartsWith("\uFEFF"u8) ? 3 : 0, end = line.Length;
        while (start < end && line[start] is (byte)' ' or (byte)'\t' or (byte)'\r')
            start++;
        while (end > start && line[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
            end--;
        return (start, end - start);
    }
}
