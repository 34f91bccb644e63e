using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>The relations by which a synthetic hospital was made, by all the names that its charts have for what they join.</summary>
/// <remarks>
/// Read from <c>truth/relations.csv</c> and <c>truth/names.csv</c>. A class stands for its members: what is true of furosemide is true of its ATC class, and what is
/// true of a condition of its CCS category. A name that several things have stands for all of them. Safe for any number of threads.
/// </remarks>
public sealed class HospitalTruth
{
    private readonly Dictionary<string, int[]> _conceptsOf;
    private readonly HashSet<(int, int)> _joined = [];
    private readonly HashSet<int>[] _conditionsOf;

    private HospitalTruth(Dictionary<string, int[]> conceptsOf, bool[] isCondition, IEnumerable<(int, int)> relations)
    {
        _conceptsOf = conceptsOf;
        _conditionsOf = [.. isCondition.Select(_ => new HashSet<int>())];
        foreach (var (one, other) in relations)
        {
            if (one == other)
                continue;
            _joined.Add((one, other));
            _joined.Add((other, one));
            if (isCondition[other])
                _conditionsOf[one].Add(other);
            if (isCondition[one])
                _conditionsOf[other].Add(one);
        }
    }

    /// <summary>The number of pairs of things that a relation joins.</summary>
    public int Relations => _joined.Count / 2;

    /// <summary>The number of names, case apart.</summary>
    public int Names => _conceptsOf.Count;

    /// <summary>Reads the truth behind a hospital.</summary>
    /// <param name="folder">The hospital's folder, as <c>synth</c> wrote it.</param>
    /// <exception cref="EhrR1Exception">The folder holds no truth, that of an earlier version, or a damaged one.</exception>
    public static HospitalTruth Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var isCondition = new List<bool>();
        var conceptsOf = new Dictionary<string, HashSet<int>>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in Rows(folder, "names.csv", "id", "kind", "name"))
        {
            if (numbers.TryAdd(row[0], numbers.Count))
                isCondition.Add(row[1] == "Condition");
            if (!conceptsOf.TryGetValue(row[2], out var concepts))
                conceptsOf[row[2]] = concepts = [];
            concepts.Add(numbers[row[0]]);
        }

        var relations = new List<(int, int)>();
        foreach (var row in Rows(folder, "relations.csv", "source_id", "target_id"))
        {
            // A code of a condition is no thing of its own.
            if (row[1].Length > 0)
                relations.Add((NumberOf(row[0]), NumberOf(row[1])));
        }

        return new HospitalTruth(conceptsOf.ToDictionary(c => c.Key, c => c.Value.ToArray(), StringComparer.OrdinalIgnoreCase), [.. isCondition], relations);

        int NumberOf(string id) => numbers.TryGetValue(id, out int number) ? number
            : throw new EhrR1Exception($"A relation joins {id}, which has no name", PathOf(folder, "relations.csv"), "Write the hospital again with 'ehr-r1 synth'");
    }

    /// <summary>How two terms stand to each other, in either order; the case of letters does not matter.</summary>
    /// <remarks>Where terms stand for several things, the closest tie counts: the same, direct, through a condition, none.</remarks>
    public TruthTie TieOf(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (!_conceptsOf.TryGetValue(one, out var ones) || !_conceptsOf.TryGetValue(other, out var others))
            return TruthTie.Unknown;
        var closest = TruthTie.None;
        foreach (int a in ones)
        {
            foreach (int b in others)
            {
                if (a == b)
                    return TruthTie.Same;
                if (_joined.Contains((a, b)))
                    closest = TruthTie.Direct;
                else if (closest == TruthTie.None && HaveACondition(a, b))
                    closest = TruthTie.ThroughCondition;
            }
        }

        return closest;
    }

    private static string PathOf(string folder, string file) => Path.Combine(folder, "truth", file);

    private static IEnumerable<string[]> Rows(string folder, string file, params string[] columns)
    {
        var path = PathOf(folder, file);
        if (!File.Exists(path))
            throw new EhrR1Exception("The folder holds no truth of a synthetic hospital", path, "Name a folder that 'ehr-r1 synth' of this version wrote");
        using var table = new DelimitedFile(path, ',');
        var places = Array.ConvertAll(columns, table.Column);
        while (table.TryRead())
            yield return Array.ConvertAll(places, p => Encoding.UTF8.GetString(table[p]));
    }

    private bool HaveACondition(int one, int other)
    {
        var (more, fewer) = _conditionsOf[one].Count > _conditionsOf[other].Count ? (_conditionsOf[one], _conditionsOf[other]) : (_conditionsOf[other], _conditionsOf[one]);
        return more.Overlaps(fewer);
    }
}
