using System.Text;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Writes a file of lines that stands under its name only when it is whole.</summary>
internal static class WholeLines
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it holds, for the message: "The chains".</param>
    /// <param name="write">Writes the lines.</param>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written; what was there stays.</exception>
    public static async Task WriteAsync(string path, string what, Func<StreamWriter, Task> write)
    {
        bool isWhole = false;
        try
        {
            var stream = AtomicFile.Begin(path);
            await using (stream.ConfigureAwait(false))
            {
                var lines = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16);
                await using (lines.ConfigureAwait(false))
                    await write(lines).ConfigureAwait(false);
            }

            AtomicFile.Commit(path);
            isWhole = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"{what} cannot be written: {e.Message}", path, "Free disk space or choose a folder that you may write to, then run the command again", e);
        }
        finally
        {
            if (!isWhole)
                File.Delete(path + AtomicFile.TemporaryEnding);
        }
    }
}
