using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>A benchmark on disk: its files, and the workspace that it was made from, if there is one.</summary>
/// <param name="Folder">The folder that the files lie in.</param>
/// <param name="Files">The files' full paths.</param>
/// <param name="WorkspaceFolder">The workspace, or <see langword="null"/>.</param>
public sealed record BenchmarkSource(string Folder, IReadOnlyList<string> Files, string? WorkspaceFolder)
{
    /// <summary>Finds the benchmark of a workspace, of a folder, or a single file.</summary>
    /// <exception cref="EhrR1Exception">There is none.</exception>
    public static BenchmarkSource Open(string path)
    {
        if (File.Exists(path))
            return new BenchmarkSource(Path.GetDirectoryName(Path.GetFullPath(path))!, [Path.GetFullPath(path)], null);
        var workspace = Workspace.Exists(path) ? Path.GetFullPath(path) : null;
        var folder = workspace is null ? Path.GetFullPath(path) : Path.Combine(workspace, BenchmarkFiles.Folder);
        string[] files = [.. new[] { BenchmarkFiles.Decisions, BenchmarkFiles.Risks }.Select(f => Path.Combine(folder, f)).Where(File.Exists)];
        return files.Length > 0
            ? new BenchmarkSource(folder, files, workspace)
            : throw new EhrR1Exception("There is no benchmark here", path, "Make one with 'ehr-r1 bench <workspace>', or give a folder or file of EHR-Bench");
    }

    /// <summary>Reads the samples in the order of the files.</summary>
    /// <exception cref="EhrR1Exception">A line cannot be read.</exception>
    public IEnumerable<BenchmarkSample> Read() => Files.SelectMany(BenchmarkReader.ReadFile);

    /// <summary>Reads the samples of all files patient by patient, where each file has its patients in ascending order, as ours do: samples that share a chart stand together.</summary>
    /// <exception cref="EhrR1Exception">A line cannot be read.</exception>
    public IEnumerable<BenchmarkSample> ReadByPatient()
    {
        var files = Files.Select(f => BenchmarkReader.ReadFile(f).GetEnumerator()).ToList();
        try
        {
            files.RemoveAll(f => !f.MoveNext());
            while (files.Count > 0)
            {
                var next = files.MinBy(f => f.Current.SubjectId ?? 0)!;
                var subject = next.Current.SubjectId;
                var more = true;
                for (; more && next.Current.SubjectId == subject; more = next.MoveNext())
                    yield return next.Current;
                if (!more)
                    files.Remove(next);
            }
        }
        finally
        {
            files.ForEach(f => f.Dispose());
        }
    }

    /// <summary>The files with their hashes.</summary>
    public IReadOnlyList<OutputFile> Describe()
        => [.. Files.Select(f => new OutputFile(Path.GetFileName(f), new FileInfo(f).Length, FileHash.OfFile(f)))];
}
