using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Counts what the corrections and the strict profile change on a workspace.</summary>
internal sealed class DeparturesCommand : CliCommand
{
    private static readonly JsonSerializerOptions _snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Argument<string> _workspace = CommonOptions.Workspace();
    private readonly Option<string?> _name = new("--source-name") { Description = "What the page calls the source. The default is the workspace's folder.", HelpName = "TEXT" };
    private readonly Option<string?> _out = new("--out") { Description = "Write the page to this file instead of standard output.", HelpName = "FILE" };
    private readonly Option<bool> _json = JsonOption("Print the counts as JSON.");

    public DeparturesCommand()
        : base("departures", "Counts, on a workspace's own records, what each departure from the published definitions changes, as a page of Markdown.", "ehr-r1 departures workspace --source-name \"the public MIMIC-IV demo\" --out docs/published-and-strict.md")
    {
        Arguments.Add(_workspace);
        foreach (var option in (ReadOnlySpan<Option>)[_name, _out, _json])
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override Task<int> RunAsync(CommandRun run)
    {
        using var workspace = Workspace.Open(run.PathOf(_workspace));
        var departures = PublishedAgainstStrict.Of(workspace, run.Progress, run.Cancellation);
        if (run.Get(_json))
        {
            run.WriteJson(JsonSerializer.SerializeToNode(departures, _snake) ?? new JsonArray());
            return Task.FromResult(ExitCode.Done);
        }

        var name = run.Get(_name) ?? Path.GetFileName(workspace.Folder);
        var page = DepartureMarkdown.Page(departures, name, $"ehr-r1 departures <workspace> --source-name \"{name}\"");
        if (run.PathOf(_out) is { } file)
        {
            AtomicFile.WriteText(file, page);
            run.Say($"Written to {file}");
        }
        else
        {
            run.Out.Write(page);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
