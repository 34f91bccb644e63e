using System.Security.Cryptography;

namespace EhrR1.Ingest;

/// <summary>Reads a stream, hashing it, and then a few bytes more.</summary>
internal sealed class AppendingStream(Stream first, byte[] then, IncrementalHash hash) : Stream
{
    private int _taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = first.Read(buffer);
        if (count > 0)
        {
            hash.AppendData(buffer[..count]);
            return count;
        }

        count = Math.Min(buffer.Length, then.Length - _taken);
        then.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
