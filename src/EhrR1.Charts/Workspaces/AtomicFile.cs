namespace EhrR1.Charts;

/// <summary>Writes files whole or not at all: to a temporary name beside the target, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>The ending of a file that is still being written; leftovers with it may be deleted.</summary>
    public const string TemporaryEnding = ".partial";

    /// <summary>Writes a text file as UTF-8 without a byte order mark.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });

    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content; an exception leaves the target as it was.</param>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + TemporaryEnding;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = Begin(path))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw new EhrR1Exception($"The file cannot be written: {e.Message}", path, "Free disk space or choose a folder that you may write to, then run the command again", e);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Opens the temporary file of a target that is written piece by piece; <see cref="Commit"/> ends it.</summary>
    public static FileStream Begin(string path) => new(path + TemporaryEnding, OwnerOnly());

    /// <summary>Puts a finished temporary file in its place.</summary>
    /// <param name="path">The target; the finished file stands at <paramref name="path"/> + <see cref="TemporaryEnding"/>.</param>
    public static void Commit(string path) => File.Move(path + TemporaryEnding, path, overwrite: true);

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>Deletes a temporary file that will not be finished.</summary>
    internal static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report; a leftover is overwritten by the next attempt.
        }
    }
}
