using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EhrR1.Charts;
using EhrR1.Ingest;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>The stage that finds the concepts of every event.</summary>
internal static class ConceptStage
{
    public const string Name = "concepts";

    public const string CoverageFile = "coverage.json";

    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Whether the concepts were found in these charts, with this terminology.</summary>
    public static bool IsCurrent(Workspace workspace, TerminologyChoice choice, ConceptChoice how) => StageFiles.IsCurrent(workspace, Name, FingerprintOf(workspace, choice, how));

    /// <summary>Finds the concepts, or finds them up to date.</summary>
    /// <returns>Whether they were up to date.</returns>
    public static bool Run(CommandRun run, Workspace workspace, TerminologyChoice choice, ConceptChoice how)
    {
        if (IsCurrent(workspace, choice, how))
            return true;
        workspace.Reopen(Name);
        var folder = workspace.PathOf(Name);
        using var terminology = Terminology.Open(choice.Path);
        var maps = ChartStage.Recorded(workspace)?.Maps;
        var options = new ConceptBuildOptions { Links = new LinkOptions { UseCodes = how.Codes, Similarity = how.Threshold, CodeMap = maps is not null && Directory.Exists(maps) ? CodeMap.Of(maps) : CodeMap.Empty }, Notes = new NoteMatcherOptions { Threshold = how.Threshold } };
        var summary = ConceptBuild.Build(workspace, folder, terminology, options, run.Progress, run.Cancellation);
        AtomicFile.WriteText(Path.Combine(folder, CoverageFile), JsonSerializer.Serialize(summary, Json) + "\n");
        var settings = Settings(choice, how);
        settings["terminology"] = choice.Recorded;
        workspace.Record(Name, new StageRecord
        {
            Fingerprint = FingerprintOf(workspace, choice, how)!,
            Settings = settings,
            Inputs = new JsonObject { [ChartBuild.StageName] = workspace.Stage(ChartBuild.StageName)!.Fingerprint, ["terminology"] = choice.Fingerprint },
            Counts = new JsonObject { ["events"] = summary.Events, ["events_with_concepts"] = summary.EventsWithConcepts, ["notes"] = summary.Notes, ["mentions"] = summary.Mentions, ["asserted_mentions"] = summary.AssertedMentions },
            Outputs = StageFiles.Outputs(workspace, Name),
        });
        return false;
    }

    /// <summary>What the stage reached.</summary>
    public static ConceptSummary Summary(Workspace workspace) => StageFiles.ReadJson<ConceptSummary>(workspace.PathOf(Name, CoverageFile), Json);

    private static string? FingerprintOf(Workspace workspace, TerminologyChoice choice, ConceptChoice how) =>
        workspace.Stage(ChartBuild.StageName) is { } charts ? StageFiles.Fingerprint(charts, Settings(choice, how)) : null;

    private static JsonObject Settings(TerminologyChoice choice, ConceptChoice how)
    {
        var settings = new JsonObject { ["terminology_sha256"] = choice.Fingerprint };
        how.AddTo(settings);
        return settings;
    }
}
