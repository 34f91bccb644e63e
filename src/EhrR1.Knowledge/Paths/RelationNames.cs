using System.Text.Json;

namespace EhrR1.Knowledge;

/// <summary>What a relation is called when it is walked from its object to its subject: "treats" becomes "is treated by".</summary>
/// <remarks>
/// <para>The names stand in a table that ships with the program (<c>relation-names.json</c>): pairs of names that are each
/// other's inverse, and names that read the same both ways. Names that it lacks follow UMLS's own habit: "has N" and "N of"
/// are inverse, "inverse X" and "X" too. What is left is called <c>is the object of "X" from</c>.</para>
/// <para>Case, and underscores for blanks, make no difference. Thread-safe.</para>
/// </remarks>
public static class RelationNames
{
    private const string FileName = "relation-names.json";
    private const string Has = "has ";
    private const string Of = " of";
    private const string Is = "is ";
    private const string Inverse = "inverse ";

    private static readonly Lazy<Table> _table = new(Load);
    private static readonly Lazy<Dictionary<string, string>> _inverses = new(() => Inverses(_table.Value));

    /// <summary>The name in the direction in which a relation is walked, as people say it: "isa" is shown as "is a".</summary>
    /// <param name="relation">The relation's name, read from its subject to its object.</param>
    /// <param name="isReversed">Whether it is walked from its object to its subject.</param>
    public static string Walked(string relation, bool isReversed)
    {
        var name = isReversed ? Reversed(relation) : relation;
        return _table.Value.Shown.TryGetValue(Plain(name), out var shown) ? shown : name;
    }

    /// <summary>The name of a relation walked from its object to its subject.</summary>
    /// <param name="relation">The relation's name, read from its subject to its object.</param>
    public static string Reversed(string relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        var name = Plain(relation);
        if (_inverses.Value.TryGetValue(name, out var inverse))
            return inverse;
        if (name.StartsWith(Has, StringComparison.Ordinal) && name.Length > Has.Length)
            return name[Has.Length..] + Of;
        if (name.StartsWith(Is, StringComparison.Ordinal) && name.EndsWith(Of, StringComparison.Ordinal) && name.Length > Is.Length + Of.Length)
            return Has + name[Is.Length..^Of.Length];
        if (name.EndsWith(Of, StringComparison.Ordinal) && name.Length > Of.Length && !name.StartsWith(Is, StringComparison.Ordinal))
            return Has + name[..^Of.Length];
        if (name.StartsWith(Inverse, StringComparison.Ordinal) && name.Length > Inverse.Length)
            return name[Inverse.Length..];
        return $"is the object of \"{relation}\" from";
    }

    /// <summary>A name in lower case with blanks: how names are compared.</summary>
    internal static string Plain(string relation) => relation.Trim().Replace('_', ' ').ToLowerInvariant();

    private static Table Load()
    {
        using var stream = typeof(RelationNames).Assembly.GetManifestResourceStream(FileName)!;
        return JsonSerializer.Deserialize<Table>(stream, JsonSerializerOptions.Web)!;
    }

    private static Dictionary<string, string> Inverses(Table table)
    {
        var inverses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in table.Symmetric)
            inverses.Add(name, name);
        foreach (var pair in table.Pairs)
        {
            inverses.Add(pair[0], pair[1]);
            // Several names may share a plain inverse: the first is the one that it leads back to.
            inverses.TryAdd(pair[1], pair[0]);
        }

        return inverses;
    }

    /// <summary>The file: how names are shown, names that are their own inverse, and names that are each other's.</summary>
    private sealed record Table(IReadOnlyDictionary<string, string> Shown, IReadOnlyList<string> Symmetric, IReadOnlyList<IReadOnlyList<string>> Pairs);
}
