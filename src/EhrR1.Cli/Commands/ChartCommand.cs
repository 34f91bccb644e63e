using System.CommandLine;
using System.Text;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>Prints a patient's chart as a model reads it, or as JSON.</summary>
internal sealed class ChartCommand : CliCommand
{
    private readonly Argument<string> _workspace = CommonOptions.Workspace();
    private readonly Option<long> _subject = new("--subject") { Description = "The patient's subject_id.", HelpName = "ID", Required = true };
    private readonly Option<DateTime?> _from = CommonOptions.Time("--from", "Leave out events that start before this time.");
    private readonly Option<DateTime?> _to = CommonOptions.Time("--to", "Leave out events that start after this time; a date alone means the end of that day.");
    private readonly Option<bool> _json = JsonOption("Print the chart as JSON: every event with its items, all their fields, and the time from which each is visible.");

    public ChartCommand()
        : base("chart", "Prints one patient's chart as a model reads it, in Markdown.", "ehr-r1 chart workspace --subject 10000032", "ehr-r1 chart workspace --subject 10000032 --from 2180-05-06 --to 2180-05-07 --json")
    {
        Arguments.Add(_workspace);
        foreach (var option in (ReadOnlySpan<Option>)[_subject, _from, _to, _json])
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override Task<int> RunAsync(CommandRun run)
    {
        using var workspace = Workspace.Open(run.PathOf(_workspace));
        var store = ChartStore.Open(workspace);
        var chart = store.Read(run.Get(_subject), run.Cancellation) ?? throw Unknown(run.Get(_subject), store, workspace);
        var events = chart.Events.Where(e => IsWanted(e, run.Get(_from), EndOf(run.Get(_to)))).ToList();
        if (run.Get(_json))
            WriteJson(run, chart, events);
        else
            run.Out.WriteLine(new ChartMarkdown(workspace.Profile).Render(events));
        return Task.FromResult(ExitCode.Done);
    }

    private static EhrR1Exception Unknown(long subject, ChartStore store, Workspace workspace)
    {
        var example = store.Subjects.Count > 0 ? $"; the first of {store.Subjects.Count} is {store.Subjects[0].SubjectId}" : "";
        return new EhrR1Exception($"The workspace has no patient {subject}", workspace.Folder, $"Name a subject_id that was built{example}");
    }

    // The demographics have no time and stand in every excerpt.
    private static bool IsWanted(ClinicalEvent e, DateTime? from, DateTime? to) =>
        e.Start is not { } start || ((from is null || start >= from) && (to is null || start <= to));

    private static DateTime? EndOf(DateTime? to) => to is { } time && time.TimeOfDay == TimeSpan.Zero ? time.AddDays(1).AddTicks(-1) : to;

    private static void WriteJson(CommandRun run, PatientChart chart, IReadOnlyList<ClinicalEvent> events)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, CommonOptions.JsonWriter))
            ChartJson.Write(json, chart, events);
        run.Out.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
