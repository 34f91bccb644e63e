using System.Buffers.Binary;
using System.IO.Compression;

namespace EhrR1.Knowledge;

/// <summary>Tells a whole gzip file from one that is cut short, by the unpacked length in its last four bytes (RFC 1952, 2.3.1).</summary>
internal static class GzipEnd
{
    private const int HeaderBytes = 10;
    private const int LeastBytes = 18;

    /// <summary>Whether a file ends where its last member ends.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unpacked">How many bytes all of it gave.</param>
    public static bool IsWhole(string path, long unpacked)
    {
        using var file = File.OpenRead(path);
        if (file.Length < LeastBytes)
            return false;
        Span<byte> tail = stackalloc byte[4];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (stated == (uint)unpacked)
            return true;
        // Of a file of several members it is the length of the last one alone.
        long last = LastMember(file);
        if (last == 0)
            return false;
        file.Position = last;
        return stated == (uint)UnpackedLength(file);
    }

    private static long UnpackedLength(Stream file)
    {
        using var content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[1 << 16];
        long length = 0;
        for (int read; (read = content.Read(buffer)) > 0;)
            length += read;
        return length;
    }

    /// <summary>The place of the last bytes that look like a header; by chance such bytes come about once in 10¹¹.</summary>
    private static long LastMember(FileStream file)
    {
        long last = 0;
        var bytes = new byte[1 << 16];
        file.Position = 0;
        int kept = 0;
        for (int read; (read = file.Read(bytes.AsSpan(kept))) > 0;)
        {
            int held = kept + read;
            for (int i = 0; i + HeaderBytes <= held; i++)
            {
                if (IsHeader(bytes.AsSpan(i, HeaderBytes)))
                    last = file.Position - held + i;
            }

            kept = Math.Min(HeaderBytes - 1, held);
            bytes.AsSpan(held - kept, kept).CopyTo(bytes);
        }

        return last;
    }

    private static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8 && bytes[3] < 0x20 && bytes[8] is (0 or 2 or 4) && bytes[9] is (< 14 or 255);
}
