using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The files of the paper's own release: patients, the index of its samples, and the dictionaries behind derived fields.</summary>
/// <remarks>Source: the layout that the EHR-R1 release describes. Immutable; safe for use by any number of threads.</remarks>
internal sealed record ReleaseFolder
{
    /// <summary>The folder that holds one Parquet file a patient.</summary>
    public const string PatientsName = "patients_ehr";

    private const int MaxDepth = 3;
    private static readonly string[] _indexFolders = ["ehr_bench", "ehr_ins"];

    /// <summary>The source folder's full path.</summary>
    public required string Root { get; init; }

    /// <summary>The patients' files, by ascending id.</summary>
    public required IReadOnlyList<(long SubjectId, SourceFile File)> Patients { get; init; }

    /// <summary>The index files: the benchmark's first, then by path.</summary>
    public required IReadOnlyList<SourceFile> Indexes { get; init; }

    /// <summary>The dictionaries, by path below their folder without ending: <c>hosp/d_labitems</c>.</summary>
    public required IReadOnlyDictionary<string, SourceFile> Dictionaries { get; init; }

    /// <summary>Whether an index file is of the benchmark, whose patients are the test patients.</summary>
    public static bool IsBenchmark(SourceFile index)
        => Path.GetFileName(Path.GetDirectoryName(index.Path)) == _indexFolders[0] || index.Table.Contains("bench", StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder of patients in a source folder, or the source folder itself if it is one, or <see langword="null"/>.</summary>
    /// <exception cref="EhrR1Exception">There are several.</exception>
    public static string? FindPatients(string root)
    {
        if (Directory.EnumerateFiles(root, "*.parquet").Any(f => SubjectOf(f) is not null))
            return root;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaxDepth - 1 };
        var found = Directory.EnumerateDirectories(root, PatientsName, options).Order(StringComparer.Ordinal).ToList();
        return found.Count <= 1
            ? found.FirstOrDefault()
            : throw new EhrR1Exception($"The source holds the folder '{PatientsName}' twice", $"{found[0]} and {found[1]}", "Give the folder of one release only");
    }

    /// <summary>Looks the release's folder through.</summary>
    /// <param name="root">The source folder.</param>
    /// <param name="patients">The folder of patients in it.</param>
    /// <exception cref="EhrR1Exception">There are no patients, or a folder cannot be read.</exception>
    public static ReleaseFolder Discover(string root, string patients)
    {
        root = Path.GetFullPath(root);
        try
        {
            var files = new SortedDictionary<long, SourceFile>();
            foreach (var file in new DirectoryInfo(patients).EnumerateFiles("*.parquet"))
            {
                if (SubjectOf(file.FullName) is { } subject)
                    files[subject] = new SourceFile(PatientsName, file.FullName, file.Length);
            }

            if (files.Count == 0)
                throw new EhrR1Exception("The release has no patients", patients, $"Unpack {PatientsName}.tar.gz, so that the folder holds one Parquet file a patient, named by its subject_id");
            var beside = patients == root ? root : Path.GetDirectoryName(patients)!;
            return new ReleaseFolder
            {
                Root = root,
                Patients = [.. files.Select(f => (f.Key, f.Value))],
                Indexes = [.. IndexesIn(beside).OrderBy(f => IsBenchmark(f) ? 0 : 1).ThenBy(f => f.Path, StringComparer.Ordinal)],
                Dictionaries = DictionariesIn(Path.Combine(beside, "index_mapping")),
            };
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EhrR1Exception($"The source folder cannot be read: {e.Message}", root, "Change its permissions, or copy it to a folder that you may read", e);
        }
    }

    /// <summary>The dictionary of a name: the module's own, or else any.</summary>
    public SourceFile? FindDictionary(string module, string name)
        => Dictionaries.GetValueOrDefault($"{module}/{name}") ?? Dictionaries.FirstOrDefault(d => d.Key == name || d.Key.EndsWith("/" + name, StringComparison.Ordinal)).Value;

    private static IEnumerable<SourceFile> IndexesIn(string folder)
    {
        foreach (var name in _indexFolders.Select(f => Path.Combine(folder, f)).Where(Directory.Exists))
        {
            foreach (var file in CsvFiles(name, SearchOption.TopDirectoryOnly))
                yield return file;
        }

        // A file beside the folders is an index only if it looks like one.
        foreach (var file in CsvFiles(folder, SearchOption.TopDirectoryOnly))
        {
            if (CsvHeader.Read(file).Contains("period_begin", StringComparer.Ordinal))
                yield return file;
        }
    }

    private static SortedDictionary<string, SourceFile> DictionariesIn(string folder)
    {
        var found = new SortedDictionary<string, SourceFile>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return found;
        foreach (var file in CsvFiles(folder, SearchOption.AllDirectories))
            found.TryAdd(Path.Combine(Path.GetRelativePath(folder, Path.GetDirectoryName(file.Path)!), file.Table).Replace('\\', '/').Replace("./", "", StringComparison.Ordinal), file);
        return found;
    }

    private static IEnumerable<SourceFile> CsvFiles(string folder, SearchOption depth)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv*", depth).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var table = name.EndsWith(".csv.gz", StringComparison.Ordinal) ? name[..^7] : name.EndsWith(".csv", StringComparison.Ordinal) ? name[..^4] : null;
            if (table is not null)
                yield return new SourceFile(table, path, new FileInfo(path).Length);
        }
    }

    private static long? SubjectOf(string path) => long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var subject) ? subject : null;
}
