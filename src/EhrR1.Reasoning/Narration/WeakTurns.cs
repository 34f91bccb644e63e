using System.Text.Json;

namespace EhrR1.Reasoning;

/// <summary>Turns of a path at which its reasoning ends, as data (<c>weak-turns.json</c>): two diseases that share a symptom, a drug or a ward have nothing else to do with each other.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
internal sealed class WeakTurns
{
    private readonly List<(HashSet<string> To, HashSet<string> From)> _turns;

    private WeakTurns(IEnumerable<Turn> turns) => _turns = [.. turns.Select(t => (t.To.ToHashSet(StringComparer.OrdinalIgnoreCase), t.From.ToHashSet(StringComparer.OrdinalIgnoreCase)))];

    /// <summary>The turns that ship with the program.</summary>
    public static WeakTurns BuiltIn { get; } = Read();

    /// <summary>Whether a path has one.</summary>
    /// <param name="path">Name, relation, name, ….</param>
    public bool AreIn(IReadOnlyList<string> path)
    {
        for (int i = 1; i + 2 < path.Count; i += 2)
        {
            foreach (var (to, from) in _turns)
            {
                if (to.Contains(path[i]) && from.Contains(path[i + 2]))
                    return true;
            }
        }

        return false;
    }

    private static WeakTurns Read()
    {
        using var stream = typeof(WeakTurns).Assembly.GetManifestResourceStream("weak-turns.json")!;
        return new WeakTurns(JsonSerializer.Deserialize<Turn[]>(stream, JsonSerializerOptions.Web)!);
    }

    /// <summary>Relations that lead to what is shared, and those that lead on from it.</summary>
    private sealed record Turn(string[] To, string[] From);
}
