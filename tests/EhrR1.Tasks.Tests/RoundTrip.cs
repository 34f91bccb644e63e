using System.Globalization;
using EhrR1.Charts;
using EhrR1.Ingest;
using EhrR1.Ingest.Tests;

namespace EhrR1.Tasks.Tests;

/// <summary>Builds a MIMIC-IV source, writes the outcome in the release's layout, builds that, and compares the two.</summary>
internal static class RoundTrip
{
    private static readonly string[] _codes = ["diagnoses_icd", "drgcodes"];
    private static readonly string[] _timeColumns = ["admittime", "transfertime", "entertime", "ordertime", "charttime", "starttime", "intime", "chartdate"];

    /// <summary>Checks charts and prompts; gives how many charts and prompts there are, and in how many prompts both definitions must agree.</summary>
    public static async Task<(int Charts, int Prompts, int Agreeing)> CheckAsync(string source, string? maps, TemporaryFolder folder, int? patients)
    {
        using var mimic = await BuildAsync(folder.PathOf("mimic-ws"), new BuildOptions { Source = source, Workspace = folder.PathOf("mimic-ws"), Maps = maps, LimitPatients = patients });
        var charts = Charts(mimic);
        var release = new ReleaseWriter();
        var dictionaries = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var samples = new Dictionary<(long, string, int, int), (string Prompt, bool MustAgree)>();
        foreach (var chart in charts)
        {
            foreach (var e in chart.Events)
                Add(release, chart.SubjectId, e, dictionaries);
            AddSamples(release, chart, samples);
        }

        foreach (var (file, lines) in dictionaries)
            release.Lines("index_mapping/" + file, [.. lines.Reverse()]);
        using var published = await BuildAsync(folder.PathOf("release-ws"), new BuildOptions { Source = release.Write(folder.PathOf("as-release")), Workspace = folder.PathOf("release-ws") });
        var again = Charts(published);
        again.Select(c => c.SubjectId).ShouldBe(charts.Select(c => c.SubjectId));
        foreach (var (before, after) in charts.Zip(again))
            Compare(before, after);
        ComparePrompts(published, again, samples);
        return (charts.Count, samples.Count, samples.Values.Count(s => s.MustAgree));
    }

    private static void Add(ReleaseWriter release, long subject, ClinicalEvent e, SortedDictionary<string, SortedSet<string>> dictionaries)
    {
        var timed = e.Start is not null && !_codes.Contains(e.Type.Name);
        release.Event(subject, e.Type.Name, timed ? Text(e.Start) : null, timed ? Text(e.End) : null, e.HadmId?.ToString(CultureInfo.InvariantCulture), [.. e.Select(item => Cells(subject, e, item, dictionaries))]);
    }

    private static (string Key, string Value)[] Cells(long subject, ClinicalEvent e, EventItem item, SortedDictionary<string, SortedSet<string>> dictionaries)
    {
        var cells = new List<(string, string)> { ("subject_id", $"{subject}"), ("file_name", e.Type.Name), ("hadm_id", e.HadmId is { } hadm ? $"{hadm}.0" : "nan") };
        if (e.StayId is { } stay)
            cells.Add(("stay_id", $"{stay}"));
        if (item.Time is { } time && !_codes.Contains(e.Type.Name))
            cells.Add((_timeColumns.FirstOrDefault(c => MimicColumns.Of[$"{MimicSource.ModuleName(e.Type.Module)}/{e.Type.Name}"].Contains(c)) ?? "charttime", Text(time)));
        foreach (var column in e.Type.Columns)
        {
            var text = item.IsMissing(column) ? null : ChartMarkdown.TextOf(item, column);
            if (!column.IsDerived)
                cells.Add((column.Name, text ?? "nan"));
            else if (!KeepInDictionary(e.Type, item, column, text, dictionaries))
                cells.Add((column.Name, text ?? "None"));
        }

        return [.. cells];
    }

    // Classes of drugs and histories go into the items: no dictionary of the release tells them from a code alone.
    private static bool KeepInDictionary(EventType type, EventItem item, EventField column, string? text, SortedDictionary<string, SortedSet<string>> dictionaries)
    {
        var (file, header, key) = (type.Name, column.Name) switch
        {
            ("labevents", _) => ("hosp/d_labitems", "itemid,label", $"{item.Integer("itemid")}"),
            (_, "item_name") => ("icu/d_items", "itemid,label", $"{item.Integer("itemid")}"),
            ("diagnosis", _) => ("ed/d_ccs_diagnoses", "icd_code,icd_version,long_title", $"{item.Text("icd_code")},{item.Integer("icd_version")}"),
            ("diagnoses_icd" or "procedures_icd", _) => ($"hosp/d_{(column.Name == "CCS Type" ? "ccs" : "icd")}_{type.Name.Split('_')[0]}", "icd_code,icd_version,long_title", $"{item.Text("icd_code")},{item.Integer("icd_version")}"),
            _ => ("", "", ""),
        };
        if (file.Length == 0)
            return false;
        if (!dictionaries.TryGetValue(file + ".csv", out var lines))
            dictionaries.Add(file + ".csv", lines = new SortedSet<string>(StringComparer.Ordinal) { header });
        if (text is not null)
            lines.Add($"{key},\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        return true;
    }

    private static void AddSamples(ReleaseWriter release, PatientChart chart, Dictionary<(long, string, int, int), (string Prompt, bool MustAgree)> samples)
    {
        var timeline = new ChartTimeline(chart);
        var builder = new SampleBuilder(ChartProfile.EhrBench);
        new TaskIndexer(new TaskIndexOptions()).Visit(timeline, (row, anchor, window) =>
        {
            var task = row.Definition;
            var front = FrontMatter.Of(timeline, anchor, row.PredictionTime, ChartProfile.EhrBench);
            var (begin, end) = (window.First, window.Last + 1);
            var (admission, note) = (front.AdmissionFor(task), front.NoteFor(task));
            release.Sample($"ehr_bench/ehr_bench_{task.TaskType}.csv", chart.SubjectId, $"{row.HadmId}", task.Name, row.Event, begin, end, admission < 0 ? null : admission, note < 0 ? null : note, row.Target);

            // The release shows codes of any stay, without a time, and leaves an empty place for what is never shown.
            var agrees = Enumerable.Range(begin, end - begin).All(i => timeline[i].Type is { IsShown: true, Name: not "diagnoses_icd" });
            samples.Add((chart.SubjectId, task.Name, begin, end), (builder.Build(chart, row).Prompt, agrees));
        });
    }

    private static void Compare(PatientChart before, PatientChart after)
    {
        after.Events.Count.ShouldBe(before.Events.Count);
        foreach (var (one, other) in before.Events.Zip(after.Events))
        {
            var isCode = _codes.Contains(one.Type.Name);
            var same = other.Type == one.Type && other.HadmId == one.HadmId && other.StayId == one.StayId && other.Count == one.Count;
            (same && other.Start == (isCode ? null : one.Start) && other.End == (isCode ? null : one.End)).ShouldBeTrue($"{one} and {other}");
            foreach (var (item, again) in one.Zip(other))
            {
                if (again.Time == (isCode ? null : item.Time) && one.Type.Columns.All(c => again.IsMissing(c) == item.IsMissing(c) && ChartMarkdown.TextOf(again, c) == ChartMarkdown.TextOf(item, c)))
                    continue;
                string.Join("; ", one.Type.Columns.Select(c => ChartMarkdown.TextOf(again, c))).ShouldBe(string.Join("; ", one.Type.Columns.Select(c => ChartMarkdown.TextOf(item, c))), $"{one}");
                again.Time.ShouldBe(isCode ? null : item.Time, $"{one}");
            }
        }
    }

    private static void ComparePrompts(Workspace workspace, List<PatientChart> charts, Dictionary<(long, string, int, int), (string Prompt, bool MustAgree)> samples)
    {
        using var index = TaskIndexStore.Open(workspace);
        var builder = new SampleBuilder(ChartProfile.EhrBench);
        var bySubject = charts.ToDictionary(c => c.SubjectId);
        var rows = index.ReadAll().ToList();
        rows.Count.ShouldBe(samples.Count);
        foreach (var row in rows)
        {
            var published = row.Published!.Value;
            var (prompt, mustAgree) = samples[(row.SubjectId, row.Task, published.Begin, published.End)];
            if (mustAgree && builder.Build(bySubject[row.SubjectId], row).Prompt is var again && again != prompt)
                again.ShouldBe(prompt, row.Id);
        }
    }

    private static async Task<Workspace> BuildAsync(string folder, BuildOptions options)
    {
        var workspace = Workspace.Create(folder, new WorkspaceManifest { Profile = "ehr-bench", Seed = 42 });
        await ChartBuild.RunAsync(workspace, options with { Threads = 2, MemoryBytes = 1L << 30 }, cancellationToken: TestContext.Current.CancellationToken);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { Threads = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        return workspace;
    }

    private static List<PatientChart> Charts(Workspace workspace)
    {
        var store = ChartStore.Open(workspace);
        return [.. store.ReadAll(TestContext.Current.CancellationToken)];
    }

    private static string Text(DateTime? time) => time!.Value.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
