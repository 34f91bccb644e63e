using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Counts on a given source what each departure from the paper's release changes.</summary>
/// <remarks>Fed patient by patient; memory does not grow with the number of patients. Not safe for several threads at once.</remarks>
/// <param name="hasDischargeNotes">As in <see cref="TaskIndexOptions.HasDischargeNotes"/>.</param>
public sealed class PublishedAgainstStrict(bool hasDischargeNotes)
{
    private readonly TaskIndexer _published = new(new TaskIndexOptions { Profile = ChartProfile.EhrBench, HasDischargeNotes = hasDischargeNotes });
    private readonly TaskIndexer _strict = new(new TaskIndexOptions { Profile = ChartProfile.Strict, HasDischargeNotes = hasDischargeNotes });
    private readonly DepartureTally[] _tallies = [.. Corrections.All.Concat(StrictPoints.All).Select(d => new DepartureTally(d))];

    /// <summary>Counts one patient.</summary>
    /// <param name="chart">The chart, of either profile.</param>
    public void Add(PatientChart chart)
    {
        var pair = new ProfilePair(chart, _published, _strict);
        foreach (var tally in _tallies)
            tally.Definition.Count(pair, tally);
    }

    /// <summary>What was counted so far: the corrections in both profiles, then the strict profile's points.</summary>
    public IReadOnlyList<Departure> Result() => [.. _tallies.Select(t => t.Result())];

    /// <summary>Counts all patients of a workspace.</summary>
    /// <exception cref="EhrR1Exception">The workspace has no charts or no task index.</exception>
    public static IReadOnlyList<Departure> Of(Workspace workspace, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        bool notes;
        using (var index = TaskIndexStore.Open(workspace))
            notes = index.Manifest.HasDischargeNotes;
        var charts = ChartStore.Open(workspace);
        var count = new PublishedAgainstStrict(notes);
        var done = 0L;
        foreach (var chart in charts.ReadAll(cancellationToken))
        {
            count.Add(chart);
            progress?.Report(new StageProgress("Comparing the profiles", ++done, charts.Subjects.Count));
        }

        return [.. count.Result().Select(d => d.Key == "untimed-rows" ? d with { Counts = [.. d.Counts, LeftOutOf(workspace)] } : d)];
    }

    // Rows that are not in the charts cannot be counted there; the build wrote down how many it left out.
    private static DepartureCount LeftOutOf(Workspace workspace)
    {
        var leftOut = 0L;
        var rows = 0L;
        foreach (var (_, table) in workspace.Stage("charts")?.Counts["tables"] as JsonObject ?? [])
        {
            rows += (long?)table?["rows_in"] ?? 0;
            foreach (var (_, count) in table?["left_out"] as JsonObject ?? [])
                leftOut += (long?)count ?? 0;
        }

        return new DepartureCount("rows left out of the charts", leftOut, rows);
    }
}
