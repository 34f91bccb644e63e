using System.Globalization;
using System.Text;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>Writes rows of UMLS's Rich Release Format fast.</summary>
internal sealed class RrfWriter(string path) : IDisposable
{
    private const int MostRowBytes = 1 << 14;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _used;

    public RrfWriter Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
        return this;
    }

    public RrfWriter Text(string text)
    {
        _used += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_used));
        return this;
    }

    public RrfWriter Number(long number, string format = "D7")
    {
        number.TryFormat(_buffer.AsSpan(_used), out int written, format, CultureInfo.InvariantCulture);
        _used += written;
        return this;
    }

    public void End()
    {
        _buffer[_used++] = (byte)'\n';
        if (_used > _buffer.Length - MostRowBytes)
            Flush();
    }

    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    private void Flush()
    {
        _file.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
