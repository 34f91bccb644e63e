using System.IO.Compression;
using System.Security.Cryptography;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Reads a source file once to its end: its hash, and whether its gzip is whole.</summary>
/// <remarks>
/// Neither DuckDB nor .NET reports a gzip stream that just ends. A known member is therefore appended while reading:
/// only if the file's own stream is complete does the text end with that member's content.
/// </remarks>
public static class SourceCheck
{
    private static readonly byte[] _mark = "\u0001end-of-file\u0001"u8.ToArray();
    private static readonly byte[] _markMember = Compress(_mark);

    /// <summary>Reads the file and returns its SHA-256 in lower-case hexadecimal.</summary>
    /// <exception cref="EhrR1Exception">The file's gzip is truncated or damaged, or the file cannot be read.</exception>
    public static string Verify(SourceFile file, CancellationToken cancellationToken = default)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var raw = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            using var tail = new AppendingStream(raw, file.IsGzip ? _markMember : [], hash);
            using var text = file.IsGzip ? new GZipStream(tail, CompressionMode.Decompress) : (Stream)tail;
            var buffer = new byte[1 << 18];
            var last = new byte[_mark.Length];
            int count;
            while ((count = text.Read(buffer)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Keep(last, buffer.AsSpan(0, count));
            }

            if (file.IsGzip && !last.AsSpan().SequenceEqual(_mark))
                throw Damaged(file, "it ends before its end", inner: null);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (InvalidDataException e)
        {
            throw Damaged(file, e.Message, e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new EhrR1Exception($"The file cannot be read: {e.Message}", file.Path, "Change its permissions, or copy it to a folder that you may read", e);
        }
    }

    private static EhrR1Exception Damaged(SourceFile file, string how, Exception? inner)
        => new($"The gzip file is truncated or damaged: {how.TrimEnd('.')}", file.Path, "Download it again and compare it with the checksums that came with it", inner);

    private static void Keep(byte[] last, ReadOnlySpan<byte> more)
    {
        if (more.Length >= last.Length)
        {
            more[^last.Length..].CopyTo(last);
            return;
        }

        last.AsSpan(more.Length).CopyTo(last);
        more.CopyTo(last.AsSpan(last.Length - more.Length));
    }

    private static byte[] Compress(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return result.ToArray();
    }
}
