using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Keeps numbers on disk that are read again in the order in which they were written.</summary>
/// <remarks>The file is made when the first is written, readable by its owner alone, and deleted afterwards. Not thread-safe.</remarks>
internal sealed class RankSpill(string path) : IDisposable
{
    private FileStream? _file;

    public void Write(ReadOnlySpan<int> ranks)
    {
        try
        {
            _file ??= Open();
            _file.Write(MemoryMarshal.AsBytes(ranks));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The file of intermediate results cannot be written: {e.Message}", path, "Free disk space, then run the command again", e);
        }
    }

    /// <summary>Goes back to the first number.</summary>
    public void Rewind() => _file!.Position = 0;

    public void Read(Span<int> ranks) => _file!.ReadExactly(MemoryMarshal.AsBytes(ranks));

    public void Dispose() => _file?.Dispose();

    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 20, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
