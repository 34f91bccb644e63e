namespace EhrR1.Reasoning;

/// <summary>Reads the lines of a file with their places in it, one in memory at a time.</summary>
internal static class PlacedLines
{
    private const int Chunk = 1 << 16;

    /// <summary>A line: where it starts in the file, in bytes, and its bytes, which hold until the next line is asked for.</summary>
    public readonly record struct Line(long Start, ReadOnlyMemory<byte> Text);

    /// <summary>Reads the lines from one place to another that are not empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Where the first line starts.</param>
    /// <param name="end">Where to stop. The default value is the end of the file.</param>
    public static IEnumerable<Line> Read(string path, long start = 0, long end = long.MaxValue)
    {
        if (start >= end)
            yield break;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        file.Position = start;
        var buffer = new byte[Chunk];
        int held = 0;
        for (bool isOver = false; !isOver && start < end;)
        {
            if (held == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
            int read = file.Read(buffer, held, buffer.Length - held);
            isOver = read == 0;
            held += read;
            int from = 0;
            while (from < held && start < end)
            {
                int length = buffer.AsSpan(from, held - from).IndexOf((byte)'\n');
                if (length < 0 && !isOver)
                    break;
                if (length < 0)
                    length = held - from;
                if (length > 0)
                    yield return new Line(start, buffer.AsMemory(from, length));
                from += length + 1;
                start += length + 1;
            }

            held = Math.Max(0, held - from);
            buffer.AsSpan(Math.Min(from, buffer.Length), held).CopyTo(buffer);
        }
    }
}
