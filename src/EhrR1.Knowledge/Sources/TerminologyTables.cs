using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>What a sources.json says: which tables a folder holds and what their columns mean.</summary>
public sealed record TerminologyTables
{
    /// <summary>The file's name in a folder.</summary>
    public const string FileName = "sources.json";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>What the tables are together, for people. The default value is empty: the folder's name stands for it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Identifiers are cut after the last one of these: "::" makes DOID:1 of Disease::DOID:1. The default value is empty, for no cut.</summary>
    public string IdCut { get; init; } = "";

    /// <summary>Namespaces for identifiers that have none, by a regular expression for the whole identifier. The default value is none.</summary>
    public IReadOnlyDictionary<string, string> IdPrefixes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The tables.</summary>
    public required IReadOnlyList<TerminologyTable> Tables { get; init; }

    /// <summary>The description that ships with the program: open knowledge on diseases and drugs.</summary>
    public static TerminologyTables BuiltIn()
    {
        using var stream = typeof(TerminologyTables).Assembly.GetManifestResourceStream(FileName)!;
        return JsonSerializer.Deserialize<TerminologyTables>(stream, _json)!;
    }

    /// <summary>The description in a folder, or the built-in one where the folder has none.</summary>
    /// <exception cref="EhrR1Exception">The description is not valid.</exception>
    public static TerminologyTables Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return BuiltIn();
        try
        {
            using var stream = File.OpenRead(path);
            var tables = JsonSerializer.Deserialize<TerminologyTables>(stream, _json) ?? throw new JsonException("It holds null.");
            foreach (var table in tables.Tables)
                table.Check();
            return tables;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            var line = e is JsonException { LineNumber: { } number } ? $"{path}, line {number + 1}" : path;
            throw new EhrR1Exception($"The description of the tables is not valid: {e.Message}", line, "docs/terminology.md describes it", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The description of the tables cannot be read: {e.Message}", path, "Check that you may read it", e);
        }
    }
}
