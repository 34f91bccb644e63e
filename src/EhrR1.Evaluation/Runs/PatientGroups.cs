using System.Globalization;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>The groups by which scores are looked at: sex, age band, race, insurance, admission type.</summary>
/// <remarks>
/// With a workspace they come from the charts; insurance and admission type are those of the sample's hospital stay, race that of it or of any stay.
/// Without one, only what stands in the input is known: sex, age and mostly the admission type.
/// </remarks>
public sealed class PatientGroups
{
    private static readonly (string Name, string Column)[] _ofAdmission = [("race", "race"), ("insurance", "insurance"), ("admission_type", "admission_type")];
    private readonly Dictionary<(long Subject, long Hadm), IReadOnlyDictionary<string, string>> _known;

    private PatientGroups(Dictionary<(long Subject, long Hadm), IReadOnlyDictionary<string, string>> known) => _known = known;

    /// <summary>The names of the groupings, in the order of reports.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sex", "age", "race", "insurance", "admission_type"];

    /// <summary>The age band of a whole number of years: 18–39, 40–64, 65–79, 80 and over, or under 18.</summary>
    public static string AgeBand(long age) => age switch
    {
        < 18 => "under 18",
        < 40 => "18–39",
        < 65 => "40–64",
        < 80 => "65–79",
        _ => "80 and over",
    };

    /// <summary>Reads what the charts of a benchmark's workspace say of patients; without a workspace nothing is known.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="subjects">The patients.</param>
    /// <param name="cancellationToken">Stops between two charts.</param>
    /// <exception cref="EhrR1Exception">The charts are missing or damaged.</exception>
    public static PatientGroups OfCharts(BenchmarkSource benchmark, IReadOnlySet<long> subjects, CancellationToken cancellationToken = default)
    {
        var known = new Dictionary<(long, long), IReadOnlyDictionary<string, string>>();
        if (benchmark.WorkspaceFolder is not { } folder)
            return new PatientGroups(known);
        using var workspace = Workspace.Open(folder);
        var charts = ChartStore.Open(workspace);
        foreach (var shard in charts.Subjects.Where(s => subjects.Contains(s.SubjectId)).Select(s => s.Shard).Distinct().Order())
        {
            foreach (var chart in charts.ReadShard(shard, cancellationToken).Where(c => subjects.Contains(c.SubjectId)))
                Add(known, chart);
        }

        return new PatientGroups(known);
    }

    /// <summary>The groups of a patient in a hospital stay, by the names of <see cref="Names"/>; <see langword="null"/> for an unknown patient.</summary>
    public IReadOnlyDictionary<string, string>? Find(long subjectId, long? hadmId)
        => _known.GetValueOrDefault((subjectId, hadmId ?? 0)) ?? _known.GetValueOrDefault((subjectId, 0));

    /// <summary>The groups that an input shows: sex, age and mostly the admission type.</summary>
    public static IReadOnlyDictionary<string, string> OfInput(string input)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        var events = InputReader.Read(input);
        if (events.FirstOrDefault(e => e.Type.Rank == 0 && e.Count > 0) is { } person)
        {
            Set(groups, "sex", person[0, person.Type["gender"]].ToString());
            if (long.TryParse(person[0, person.Type["anchor_age"]], NumberStyles.Integer, CultureInfo.InvariantCulture, out var age))
                groups["age"] = AgeBand(age);
        }

        if (events.FirstOrDefault(e => e.Type.Name == "admissions" && e.Count > 0) is { } stay)
            Set(groups, "admission_type", stay[0, stay.Type["admission_type"]].ToString());
        return groups;
    }

    private static void Add(Dictionary<(long, long), IReadOnlyDictionary<string, string>> known, PatientChart chart)
    {
        var person = new Dictionary<string, string>(StringComparer.Ordinal);
        var demographics = chart.Demographics[0];
        Set(person, "sex", demographics.Text("gender"));
        if (demographics.Integer("anchor_age") is { } age)
            person["age"] = AgeBand(age);
        var stays = chart.Events.Where(e => e.Type.Name == "admissions").SelectMany(e => e.Select(item => (e.HadmId, Item: item))).ToArray();
        var race = stays.Select(s => s.Item.Text("race")).FirstOrDefault(r => r is not null);
        Set(person, "race", Race(race));
        known[(chart.SubjectId, 0)] = person;
        foreach (var (hadm, item) in stays)
        {
            if (hadm is null)
                continue;
            var groups = new Dictionary<string, string>(person, StringComparer.Ordinal);
            foreach (var (name, column) in _ofAdmission)
                Set(groups, name, name == "race" ? Race(item.Text(column) ?? race) : item.Text(column));
            known[(chart.SubjectId, hadm.Value)] = groups;
        }
    }

    // MIMIC-IV has 33 values ("WHITE - RUSSIAN"); the part before the dash is the group that numbers allow to compare.
    private static string? Race(string? race) => race?.Split(" - ")[0].Split('/')[0].Trim() switch
    {
        null or "" => null,
        "UNKNOWN" or "UNABLE TO OBTAIN" or "PATIENT DECLINED TO ANSWER" => null,
        "HISPANIC OR LATINO" => "HISPANIC",
        var group => group,
    };

    private static void Set(Dictionary<string, string> groups, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            groups[name] = value;
    }
}
