using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>Builds charts and looks at what came out.</summary>
internal static class Build
{
    public static Task<BuildResult> Run(SourceWriter source, TemporaryFolder folder, Func<BuildOptions, BuildOptions>? with = null)
        => Run(source.Write(folder.PathOf("source")), folder.PathOf("ws"), with);

    public static async Task<BuildResult> Run(string source, string workspace, Func<BuildOptions, BuildOptions>? with = null, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var options = new BuildOptions { Source = source, Workspace = workspace, Threads = 2, MemoryBytes = 1L << 30 };
        options = with?.Invoke(options) ?? options;
        using var opened = Workspace.Create(workspace, new WorkspaceManifest { Profile = ChartProfileNames.NameOf(options.Profile), Seed = options.Seed });
        return await ChartBuild.RunAsync(opened, options, progress, cancellationToken);
    }

    public static async Task<EhrR1Exception> Fails(SourceWriter source, TemporaryFolder folder, Func<BuildOptions, BuildOptions>? with = null)
    {
        var error = await Should.ThrowAsync<EhrR1Exception>(() => Run(source, folder, with));
        File.Exists(folder.PathOf("ws", "charts", "subjects.parquet")).ShouldBeFalse();
        return error;
    }

    public static List<PatientChart> Charts(string workspace)
    {
        using var opened = Workspace.Open(workspace);
        var store = ChartStore.Open(opened);
        return [.. store.ReadAll()];
    }

    public static PatientChart Chart(TemporaryFolder folder, long subject) => Charts(folder.PathOf("ws")).Single(c => c.SubjectId == subject);

    /// <summary>The items of one event type over all charts.</summary>
    public static List<(ClinicalEvent Event, EventItem Item)> Items(TemporaryFolder folder, string type)
        => [.. Charts(folder.PathOf("ws")).SelectMany(c => c.Events).Where(e => e.Type.Name == type).SelectMany(e => e.Select(i => (e, i)))];

    /// <summary>The texts of one column of an event type's items over all charts.</summary>
    public static List<string> Values(TemporaryFolder folder, string type, string column)
        => [.. Items(folder, type).Select(i => ChartMarkdown.TextOf(i.Item, i.Item.Type[column]))];

    public static JsonObject Counts(BuildResult result, string table) => result.Record.Counts["tables"]![table]!.AsObject();

    /// <summary>All charts as one text: events, times, stays, every column.</summary>
    public static string Describe(string workspace) => string.Join('\n', Charts(workspace).Select(Describe));

    public static string Describe(PatientChart chart) => $"{chart.SubjectId}\n" + string.Join('\n', chart.Events.Select(e => $"{e.Position} {e.Type.Name} {e.HadmId} {e.StayId}\n" + string.Join('\n', e.Select(Describe))));

    public static string Describe(EventItem item)
        => $"  {Text(item.Time)} {Text(item.VisibleFrom)} " + string.Join("; ", item.Type.Columns.Where(c => !item.IsMissing(c)).Select(c => $"{c.Column}={ChartMarkdown.TextOf(item, c)}"));

    /// <summary>Every file of a workspace with its hash; the lock has no content.</summary>
    public static string Files(string workspace)
        => string.Join('\n', Directory.EnumerateFiles(workspace, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ".lock").Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetRelativePath(workspace, f)} {FileHash.OfFile(f)}"));

    private static string Text(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
}
