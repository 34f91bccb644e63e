using System.IO.Compression;

namespace EhrR1.Hospital;

/// <summary>A run of rows, compressed on its own so that pieces made on several threads can be joined to one gzip member.</summary>
internal sealed record DeflatedPiece(ReadOnlyMemory<byte> Deflated, int RawLength, uint Crc, ReadOnlyMemory<byte> Raw)
{
    public static DeflatedPiece Of(ReadOnlyMemory<byte> raw)
    {
        var target = new MemoryStream(raw.Length / 4);
        ReadOnlyMemory<byte> deflated;
        using (var deflate = new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(raw.Span);
            // A sync flush ends on a byte boundary without the final block, so that the next piece may follow.
            deflate.Flush();
            deflated = target.ToArray();
        }
        return new(deflated, raw.Length, Crc32.Append(0, raw.Span), default);
    }

    public static DeflatedPiece Plain(ReadOnlyMemory<byte> raw) => new(default, raw.Length, 0, raw.ToArray());
}
