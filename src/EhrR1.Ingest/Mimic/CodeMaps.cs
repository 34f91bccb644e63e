using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>A folder of code maps: CCS categories of diagnoses and procedures, ATC classes of drugs.</summary>
/// <param name="Folder">The folder, or <see langword="null"/> if there is none.</param>
/// <param name="Files">The map files found, by name without ending.</param>
public sealed record CodeMaps(string? Folder, IReadOnlyDictionary<string, SourceFile> Files)
{
    /// <summary>The maps that event types use, with the files each needs and the tasks that fail without it.</summary>
    public static IReadOnlyList<(string Map, string[] Files, string[] Tasks)> Known { get; } =
    [
        ("CCS diagnoses", ["CCS_DX_mapping", "CCS_DX_categories"], ["diagnoses_ccs", "diagnosis_ccs"]),
        ("CCS procedures", ["CCS_PCS_mapping", "CCS_PCS_categories"], ["procedures_ccs"]),
        ("ATC", ["gsn_atc_ndc_mapping", "atc_coding"], ["prescriptions_atc", "medrecon_atc"]),
    ];

    /// <summary>Looks for the map files in a folder.</summary>
    /// <param name="folder">The folder named by the user, or <see langword="null"/> for <c>maps</c> in the source.</param>
    /// <param name="sourceRoot">The source folder.</param>
    /// <exception cref="EhrR1Exception">The folder named by the user does not exist.</exception>
    public static CodeMaps Discover(string? folder, string sourceRoot)
    {
        var named = folder is not null;
        folder = Path.GetFullPath(folder ?? Path.Combine(sourceRoot, "maps"));
        if (!Directory.Exists(folder))
        {
            return named
                ? throw new EhrR1Exception("The folder of code maps does not exist", folder, "Give the folder that holds CCS_DX_mapping, CCS_PCS_mapping, gsn_atc_ndc_mapping and their names")
                : new CodeMaps(null, new SortedDictionary<string, SourceFile>());
        }

        var files = new SortedDictionary<string, SourceFile>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var stem = name.EndsWith(".csv.gz", StringComparison.Ordinal) ? name[..^7] : name.EndsWith(".csv", StringComparison.Ordinal) ? name[..^4] : null;
            if (stem is not null)
                files.TryAdd(stem, new SourceFile(stem, path, new FileInfo(path).Length));
        }

        return new CodeMaps(folder, files);
    }

    /// <summary>Whether all files of a known map are there.</summary>
    public bool Has(string map) => Known.Single(k => k.Map == map).Files.All(Files.ContainsKey);

    /// <summary>The tasks that have no labels because their map is missing.</summary>
    public IReadOnlyList<string> TasksWithoutMap => [.. Known.Where(k => !Has(k.Map)).SelectMany(k => k.Tasks)];
}
