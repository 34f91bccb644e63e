using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The files of a MIMIC-IV source folder, flat or nested as PhysioNet's downloads are.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
public sealed class MimicSource
{
    private const int MaxDepth = 5;
    private static readonly string[] _modules = ["hosp", "icu", "ed", "note"];
    private static readonly (string Table, string User, string What)[] _dictionaries =
    [
        ("hosp/d_labitems", "hosp/labevents", "the names of laboratory items"), ("icu/d_items", "icu/chartevents", "the names of ICU items"),
        ("hosp/d_icd_diagnoses", "hosp/diagnoses_icd", "the titles of diagnoses"), ("hosp/d_icd_procedures", "hosp/procedures_icd", "the titles of procedures"),
        ("note/radiology_detail", "note/radiology", "the names of imaging examinations"),
    ];

    private readonly SortedDictionary<string, SourceFile> _files;

    private MimicSource(string root, SortedDictionary<string, SourceFile> files, IReadOnlyList<string> warnings)
    {
        Root = root;
        _files = files;
        Warnings = warnings;
    }

    /// <summary>The source folder's full path.</summary>
    public string Root { get; }

    /// <summary>The files found, by <c>module/table</c>.</summary>
    public IReadOnlyDictionary<string, SourceFile> Files => _files;

    /// <summary>What the user should know of the folder: optional modules and tables that are missing.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether the folder was written by the synthetic hospital.</summary>
    public bool IsSynthetic => File.Exists(Path.Combine(Root, "truth", "relations.csv"));

    /// <summary>The file of a table, or <see langword="null"/> if the source has none.</summary>
    /// <param name="module">hosp, icu, ed or note.</param>
    /// <param name="table">The table's name.</param>
    public SourceFile? Find(string module, string table) => _files.GetValueOrDefault($"{module}/{table}");

    /// <summary>Looks a folder through for the modules' tables.</summary>
    /// <exception cref="EhrR1Exception">The folder does not exist, holds a module twice, or lacks <c>patients</c> or <c>admissions</c>.</exception>
    public static MimicSource Discover(string root)
    {
        root = Path.GetFullPath(root);
        if (!Directory.Exists(root))
            throw new EhrR1Exception("The source folder does not exist", root, "Give the folder that holds hosp/, icu/, ed/ and note/ as unpacked from PhysioNet");
        var warnings = new List<string>();
        var files = new SortedDictionary<string, SourceFile>(StringComparer.Ordinal);
        try
        {
            var folders = FindModules(root);
            foreach (var module in _modules)
            {
                if (folders.TryGetValue(module, out var folder))
                    AddFiles(module, folder, files, warnings);
                else if (module != "hosp")
                    warnings.Add($"The source has no module '{module}': its events and tasks are left out.");
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EhrR1Exception($"The source folder cannot be read: {e.Message}", root, "Change its permissions, or copy it to a folder that you may read", e);
        }

        foreach (var required in new[] { "patients", "admissions" })
        {
            if (!files.ContainsKey($"hosp/{required}"))
                throw new EhrR1Exception($"The source has no table '{required}'", Path.Combine(root, "hosp", $"{required}.csv.gz"), "Give the folder that holds hosp/, icu/, ed/ and note/ as unpacked from PhysioNet");
        }

        foreach (var type in EventCatalog.Types)
        {
            var module = ModuleName(type.Module);
            if (!files.ContainsKey($"{module}/{type.Name}") && files.Keys.Any(k => k.StartsWith(module + "/", StringComparison.Ordinal)))
                warnings.Add($"The source has no table '{type.Name}' ({module}): its events and the tasks on them are left out.");
        }

        foreach (var (table, user, what) in _dictionaries)
        {
            if (files.ContainsKey(user) && !files.ContainsKey(table))
                warnings.Add($"The source has no table '{table.Split('/')[1]}' ({table.Split('/')[0]}): {what} stay unknown.");
        }

        return new MimicSource(root, files, warnings);
    }

    /// <summary>The folder name of a module.</summary>
    public static string ModuleName(EventModule module) => _modules[module switch
    {
        EventModule.Hosp => 0,
        EventModule.Icu => 1,
        EventModule.Ed => 2,
        _ => 3,
    }];

    /// <summary>Whether a folder holds the folder of any module.</summary>
    internal static bool HasModules(string root)
    {
        try
        {
            return FindModules(root).Count > 0;
        }
        catch (EhrR1Exception)
        {
            // A module that is there twice is there.
            return true;
        }
    }

    /// <summary>The folder of MIMIC-IV's admissions, or <see langword="null"/>; the dictionaries of the paper's release are none.</summary>
    internal static string? FindHospital(string root) => HospitalFolders(root).FirstOrDefault(f => File.Exists(Path.Combine(f, "admissions.csv.gz")) || File.Exists(Path.Combine(f, "admissions.csv")));

    private static IEnumerable<string> HospitalFolders(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaxDepth - 1, MatchCasing = MatchCasing.CaseInsensitive };
        return Directory.EnumerateDirectories(root, "hosp", options).Order(StringComparer.Ordinal);
    }

    private static Dictionary<string, string> FindModules(string root)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<(string Folder, int Depth)>([(root, 0)]);
        while (queue.TryDequeue(out var next))
        {
            foreach (var folder in Directory.EnumerateDirectories(next.Folder).Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(folder).ToLowerInvariant();
                if (!_modules.Contains(name))
                {
                    if (next.Depth + 1 < MaxDepth && name is not ("truth" or "maps"))
                        queue.Enqueue((folder, next.Depth + 1));
                    continue;
                }

                if (!found.TryAdd(name, folder))
                    throw new EhrR1Exception($"The source holds the module '{name}' twice", $"{found[name]} and {folder}", "Give the folder of one version only");
            }
        }

        return found;
    }

    private static void AddFiles(string module, string folder, SortedDictionary<string, SourceFile> files, List<string> warnings)
    {
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path).ToLowerInvariant();
            var table = name.EndsWith(".csv.gz", StringComparison.Ordinal) ? name[..^7] : name.EndsWith(".csv", StringComparison.Ordinal) ? name[..^4] : null;
            if (table is null)
                continue;
            if (!files.TryAdd($"{module}/{table}", new SourceFile(table, path, new FileInfo(path).Length)))
                warnings.Add($"The table '{table}' ({module}) is there both plain and compressed: the plain file is read.");
        }
    }
}
