using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>The data files under a folder: those of one instruction set, of several sets side by side, or files put together by hand.</summary>
internal sealed class InstructionFiles
{
    private static readonly string[] _endings = [CaseFile.EndingOf(InstructionFormat.Parquet), CaseFile.EndingOf(InstructionFormat.JsonLines)];
    private readonly List<(string Path, bool IsPrompts)> _files;

    private InstructionFiles(IReadOnlyList<InstructionManifest> manifests, List<(string Path, bool IsPrompts)> files)
    {
        Manifests = manifests;
        _files = files;
    }

    /// <summary>What the sets say of themselves; none where files stand without a manifest.</summary>
    public IReadOnlyList<InstructionManifest> Manifests { get; }

    /// <summary>All cases as a table of SQL, whatever their kind and format: id, sample_id, subject_id, task, kind, teacher, labels, tokens, messages.</summary>
    public string Source => $"({string.Join(" UNION ALL ", _files.GroupBy(f => (f.IsPrompts, IsParquet: f.Path.EndsWith(_endings[0], StringComparison.Ordinal))).Select(g => Select(g.Key.IsPrompts, g.Key.IsParquet, [.. g.Select(f => f.Path)])))})";

    /// <summary>Finds the files.</summary>
    /// <exception cref="EhrR1Exception">There is no finished set and no data file, or a file of a set is missing.</exception>
    public static InstructionFiles Of(string folder)
    {
        string[] sets = InstructionManifest.Exists(folder) || !Directory.Exists(folder) ? [folder] : [.. Directory.EnumerateDirectories(folder).Where(IsSet).Order(StringComparer.Ordinal)];
        if (sets.Length == 0 && Loose(folder) is { Count: > 0 } loose)
            return new InstructionFiles([], loose);
        // Where nothing is found, reading the manifest says what is missing.
        var manifests = (sets.Length == 0 ? [folder] : sets).Select(s => (Folder: s, Manifest: InstructionManifest.Read(s))).ToList();
        var files = manifests.SelectMany(m => m.Manifest.Files.Select(f => (Path: Path.GetFullPath(Path.Combine(m.Folder, f.Path)), IsPrompts: m.Manifest.Kind == CaseColumns.NameOf(InstructionKind.Reinforcement)))).ToList();
        foreach (var (path, _) in files.Where(f => !File.Exists(f.Path)))
            throw new EhrR1Exception("A file of the instruction set is missing", path, "Make the set again in a new folder, or restore the file");
        return new InstructionFiles([.. manifests.Select(m => m.Manifest)], files);
    }

    // The chains of reasoning cases have a manifest too, but no data.
    private static bool IsSet(string folder) => InstructionManifest.Exists(folder) && Directory.Exists(Path.Combine(folder, FilePlan.Folder));

    private static List<(string Path, bool IsPrompts)> Loose(string folder)
    {
        var place = Path.Combine(folder, FilePlan.Folder) is var data && Directory.Exists(data) ? data : folder;
        return [.. Directory.EnumerateFiles(place).Where(f => _endings.Contains(Path.GetExtension(f)) && !ChainCheckRun.Files.Contains(Path.GetFileName(f))).Order(StringComparer.Ordinal).Select(f => (Path.GetFullPath(f), false))];
    }

    private static string Select(bool isPrompts, bool isParquet, IReadOnlyList<string> paths)
    {
        var files = $"[{string.Join(", ", paths.Select(SqlText.Literal))}]";
        var columns = isPrompts
            ? "id, id AS sample_id, extra_info.subject_id AS subject_id, task, 'rl' AS kind, NULL::VARCHAR AS teacher, labels, tokens::BIGINT AS tokens, prompt AS messages"
            : "id, sample_id, subject_id, task, kind, teacher, labels, tokens::BIGINT AS tokens, messages";
        if (isParquet)
            return $"SELECT {columns} FROM read_parquet({files})";
        var types = "'id': 'VARCHAR', 'task': 'VARCHAR', 'labels': 'VARCHAR[]', 'tokens': 'BIGINT', " + (isPrompts
            ? "'extra_info': 'STRUCT(subject_id BIGINT)', 'prompt': 'STRUCT(role VARCHAR, content VARCHAR)[]'"
            : "'sample_id': 'VARCHAR', 'subject_id': 'BIGINT', 'kind': 'VARCHAR', 'teacher': 'VARCHAR', 'messages': 'STRUCT(role VARCHAR, content VARCHAR)[]'");
        // A line may hold a long record.
        return $"SELECT {columns} FROM read_json({files}, format = 'newline_delimited', maximum_object_size = 268435456, columns = {{{types}}})";
    }
}
