using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>A file of intermediate results: readable by its owner alone, deleted when it is closed.</summary>
internal static class ScratchFile
{
    /// <summary>Opens a new file; one that is there is replaced.</summary>
    public static FileStream Open(string path, int bufferBytes = 0)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = bufferBytes, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>The error of a file that cannot be written.</summary>
    public static EhrR1Exception Unwritable(string path, Exception e) =>
        new($"The file of intermediate results cannot be written: {e.Message}", path, "Free disk space or give more memory, then run the command again", e);
}
