using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>The templates whose chains can be read, as data: <c>chain-templates.json</c>.</summary>
public static class ChainTemplates
{
    /// <summary>The name of the template that chains are read by where none is said.</summary>
    public const string Default = "with-knowledge";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly ChainTemplate[] _all = Read();

    /// <summary>All templates.</summary>
    public static IReadOnlyList<ChainTemplate> All => _all;

    /// <summary>The template of a chain.</summary>
    /// <param name="name">The name, with or without a version ("with-knowledge@1"); empty for the default.</param>
    /// <exception cref="EhrR1Exception">There is no such template.</exception>
    public static ChainTemplate Get(string name) => Find(name)
        ?? throw new EhrR1Exception($"There is no template '{name}'", null, $"Use one of {string.Join(", ", _all.Select(t => t.Name))}");

    /// <summary>The template of a chain, or <see langword="null"/> where there is none of that name.</summary>
    public static ChainTemplate? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name.Split('@')[0];
        return Array.Find(_all, t => t.Name == (plain.Length == 0 ? Default : plain));
    }

    private static ChainTemplate[] Read()
    {
        using var stream = typeof(ChainTemplates).Assembly.GetManifestResourceStream("chain-templates.json")!;
        return JsonSerializer.Deserialize<ChainTemplate[]>(stream, _json)!;
    }
}
