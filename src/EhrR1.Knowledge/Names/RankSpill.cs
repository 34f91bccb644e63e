using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>Keeps numbers on disk that are read again in the order in which they were written.</summary>
/// <remarks>The file is made when the first is written, readable by its owner alone, and deleted afterwards. Not thread-safe.</remarks>
internal sealed class RankSpill(string path) : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private FileStream? _file;

    public void Write(ReadOnlySpan<int> ranks)
    {
        try
        {
            _file ??= ScratchFile.Open(path, BufferBytes);
            _file.Write(MemoryMarshal.AsBytes(ranks));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ScratchFile.Unwritable(path, e);
        }
    }

    /// <summary>Goes back to the first number.</summary>
    public void Rewind() => _file!.Position = 0;

    public void Read(Span<int> ranks) => _file!.ReadExactly(MemoryMarshal.AsBytes(ranks));

    public void Dispose() => _file?.Dispose();
}
