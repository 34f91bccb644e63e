using System.Buffers.Binary;
using System.Text;

namespace EhrR1.Hospital;

/// <summary>One file under a temporary name: plain, or gzip as a single member without a time stamp; renamed by <see cref="Publish"/>.</summary>
internal sealed class TableFile : IDisposable
{
    private const string TemporarySuffix = ".partial";
    private readonly string path;
    private readonly FileStream stream;
    private readonly bool compressed;
    private readonly Crc32Joiner checksum = new();

    public TableFile(string path, string header)
    {
        this.path = path;
        compressed = path.EndsWith(".gz", StringComparison.Ordinal);
        stream = OwnerOnly.Create(path + TemporarySuffix);
        if (compressed)
            stream.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 255]);
        var line = Encoding.UTF8.GetBytes(header + "\n");
        Append(compressed ? DeflatedPiece.Of(line) : DeflatedPiece.Plain(line));
    }

    public void Append(DeflatedPiece piece)
    {
        if (piece.RawLength == 0)
            return;
        stream.Write(compressed ? piece.Deflated.Span : piece.Raw.Span);
        if (compressed)
            checksum.Append(piece.Crc, piece.RawLength);
    }

    public void Publish()
    {
        if (compressed)
        {
            Span<byte> end = stackalloc byte[10];
            end[0] = 3;
            BinaryPrimitives.WriteUInt32LittleEndian(end[2..], checksum.Crc);
            BinaryPrimitives.WriteUInt32LittleEndian(end[6..], (uint)checksum.Length);
            stream.Write(end);
        }
        stream.Dispose();
        File.Move(path + TemporarySuffix, path, overwrite: true);
    }

    public void Dispose() => stream.Dispose();
}
