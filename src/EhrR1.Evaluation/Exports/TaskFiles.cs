using System.Text;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Writes a benchmark as one data file a task in a single pass, each whole or not at all and readable by its owner alone.</summary>
internal static class TaskFiles
{
    /// <summary>Writes the files.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="options">Which samples.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="ending">Their ending, with the dot.</param>
    /// <param name="header">The first line of each file, or <see langword="null"/>.</param>
    /// <param name="row">A sample as text, without a line break at its end.</param>
    /// <param name="cancellationToken">Stops between samples; nothing is left then.</param>
    /// <returns>The tasks in the catalogue's order with their numbers of samples, and those that are free text and are left out.</returns>
    public static (IReadOnlyList<KeyValuePair<string, int>> Tasks, IReadOnlyList<string> LeftOut) Write(
        BenchmarkSource benchmark, ExportOptions options, string folder, string ending, string? header, Func<BenchmarkSample, string> row, CancellationToken cancellationToken)
    {
        foreach (var task in options.Tasks ?? [])
            _ = TaskCatalog.Get(task);
        var files = new Dictionary<string, (StreamWriter Writer, string Path, int Count)>(StringComparer.Ordinal);
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        var finished = false;
        try
        {
            foreach (var sample in benchmark.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (options.Tasks?.Contains(sample.Task) == false)
                    continue;
                if (!TaskCatalog.TryGet(sample.Task, out var task) || task!.IsFreeText)
                {
                    leftOut.Add(sample.Task);
                    continue;
                }

                var file = files.TryGetValue(sample.Task, out var known) ? known : Open(Path.Combine(folder, sample.Task + ending), header);
                if (!(file.Count >= options.Limit))
                {
                    file.Writer.Write(row(sample));
                    file.Writer.Write('\n');
                    file.Count++;
                }

                files[sample.Task] = file;
            }

            if (files.Count == 0)
                throw new EhrR1Exception("The benchmark has no sample of these tasks", benchmark.Folder, "Name other tasks, or draw the benchmark again with 'ehr-r1 bench'");
            finished = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The files cannot be written: {e.Message}", folder, "Free disk space or choose a folder that you may write to, then run the command again", e);
        }
        finally
        {
            foreach (var (writer, path, _) in files.Values)
                Close(writer, path, finished);
        }

        var order = TaskCatalog.Tasks.Select((t, i) => (t.Name, i)).ToDictionary(t => t.Name, t => t.i, StringComparer.Ordinal);
        return ([.. files.OrderBy(f => order[f.Key]).Select(f => KeyValuePair.Create(f.Key, f.Value.Count))], [.. leftOut]);
    }

    private static (StreamWriter Writer, string Path, int Count) Open(string path, string? header)
    {
        Workspace.CreateFolder(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var writer = new StreamWriter(path + AtomicFile.TemporaryEnding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
        if (header is not null)
            writer.Write(header + "\n");
        return (writer, path, 0);
    }

    private static void Close(StreamWriter writer, string path, bool finished)
    {
        writer.Dispose();
        if (finished)
            AtomicFile.Commit(path);
        else
            File.Delete(path + AtomicFile.TemporaryEnding);
    }
}
