using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Makes thinking graphs, or draws one.</summary>
internal sealed class GraphCommand : CliCommand
{
    private const int MostEdges = 100;

    private readonly Argument<string> _workspace = CommonOptions.Workspace();
    private readonly Option<string?> _terminology = KnowledgeOptions.Terminology();
    private readonly Option<string?> _sample = new("--sample") { Description = "Show the graph of this sample, as 'tasks' lists its id, instead of making those of a split.", HelpName = "ID" };
    private readonly Option<string> _split = CommonOptions.Word("--split", "The split whose samples get a graph.", SplitNames.Train, SplitNames.Train, SplitNames.Test, SplitNames.FewShot);
    private readonly Option<string[]> _tasks = CommonOptions.TaskList("--tasks", "Make the graphs of these tasks alone. The default is the paper's decision tasks.");
    private readonly Option<int> _top = CommonOptions.Count("--top", "How many facts an item of the answer keeps at most, those with the highest Lift.", 20);
    private readonly Option<int> _edges = CommonOptions.Count("--most-edges", "How many relations a path takes at most. The paper's 10 lead from everything to everything.", 3);
    private readonly Option<bool> _published = new("--as-published") { Description = "Find paths as the paper does: up to 10 relations, over classes of any size, over all relations but its four." };
    private readonly Option<int?> _paths = CommonOptions.Limit("--paths", "How many paths an edge keeps at most, up to 10. The default is 1, and 3 for one sample.");
    private readonly Option<bool> _svg = new("--svg") { Description = "With --sample: draw the graph as SVG." };
    private readonly Option<bool> _mermaid = new("--mermaid") { Description = "With --sample: write the graph as a Mermaid flowchart." };
    private readonly Option<string?> _out = new("--out") { Description = "With --sample: write the graph to this file instead of the terminal.", HelpName = "FILE" };
    private readonly Option<string?> _truth = new("--truth") { Description = "For a synthetic hospital, its folder: measure how many of its true relations the graphs find, against Lift alone and paths alone.", HelpName = "FOLDER" };
    private readonly Option<bool> _json = JsonOption("Print the graph of one sample, or what the graphs reach, as JSON.");

    public GraphCommand()
        : base(
            "graph",
            "Makes the thinking graphs of a split: which facts of the record go with the answer, and by which medical relations. Or draws one.",
            "ehr-r1 graph workspace --terminology open.terminology",
            "ehr-r1 graph workspace --sample prescriptions-10000032-0123456789abcdef --svg --out graph.svg")
    {
        Arguments.Add(_workspace);
        foreach (var option in (ReadOnlySpan<Option>)[_terminology, _sample, _split, _tasks, _top, _edges, _published, _paths, _svg, _mermaid, _out, _truth, _json])
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_edges) > MostEdges)
                result.AddError($"--most-edges may be {MostEdges} at most.");
            if (new[] { result.GetValue(_svg), result.GetValue(_mermaid), result.GetValue(_json) }.Count(set => set) > 1)
                result.AddError("--svg, --mermaid and --json cannot be had together.");
            if (result.GetValue(_sample) is null && (result.GetValue(_svg) || result.GetValue(_mermaid) || result.GetValue(_out) is not null))
                result.AddError("--svg, --mermaid and --out are for one graph: name its sample with --sample.");
        });
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override async Task<int> RunAsync(CommandRun run)
    {
        var options = GraphOptionsOf(run);
        if (run.Get(_sample) is { } wanted && ShowMade(run, wanted, options) is { } shown)
            return shown;
        using var workspace = Workspace.OpenForWriting(run.PathOf(_workspace));
        await EarlierStages.NeedAsync(run, workspace, benchmark: false).ConfigureAwait(false);
        var choice = TerminologyChoice.Of(run, workspace, run.PathOf(_terminology));
        KnowledgeOptions.NeedConcepts(run, workspace, choice);
        if (!LiftStage.Run(run, workspace, LiftStage.Recorded(workspace)))
            run.Say("The co-occurrence table was made with the settings on record.");
        if (LiftStage.Recorded(workspace).Tasks is { } counted)
            run.Say($"Note: pairs were counted for {string.Join(", ", counted)} alone, so no other task has a graph; 'ehr-r1 lift' counts all.");
        if (run.Get(_sample) is { } id)
            return ShowOne(run, workspace, choice, id, options);
        var wasCurrent = GraphStage.Run(run, workspace, choice, options);
        var summary = GraphStage.Summary(workspace, options.Split);
        var recovery = run.PathOf(_truth) is { } truth ? GraphStage.Recovery(run, workspace, choice, truth, options) : ((GraphRecovery All, GraphRecovery Some)?)null;
        if (run.Get(_json))
        {
            var json = JsonSerializer.SerializeToNode(summary, ConceptStage.Json)!.AsObject();
            if (recovery is { } measured)
                json["recovery"] = new JsonArray(JsonSerializer.SerializeToNode(measured.All, ConceptStage.Json), JsonSerializer.SerializeToNode(measured.Some, ConceptStage.Json));
            run.WriteJson(json);
            return ExitCode.Done;
        }

        GraphCoverageText.Write(run.Out, summary);
        run.Out.WriteLine($"{ConceptText.Number(summary.Total.WithGraph)} graphs with {ConceptText.Number(summary.Total.PairsWithPath)} edges{(wasCurrent ? ", up to date," : "")} in {workspace.PathOf(GraphStage.Folder)}");
        if (recovery is { } found)
            RecoveryText.Write(run.Out, found.All, found.Some);
        return ExitCode.Done;
    }

    private GraphOptions GraphOptionsOf(CommandRun run)
    {
        var options = run.Get(_published) ? new GraphOptions { Paths = new PathOptions(), MostInCommon = null } : new GraphOptions();
        return options with
        {
            Paths = run.Get(_published) && !run.IsSet(_edges) ? options.Paths : options.Paths with { MostEdges = run.Get(_edges) }, Top = run.Get(_top), Split = run.Get(_split)!, Tasks = CommonOptions.NamesIn(run.Get(_tasks)),
            MostPaths = run.Get(_paths) ?? (run.Get(_sample) is null ? 1 : 3),
        };
    }

    /// <summary>Shows a graph without writing to the workspace, so that it can be looked at while another command does; <see langword="null"/> where stages are missing or out of date.</summary>
    private int? ShowMade(CommandRun run, string id, GraphOptions options)
    {
        using var workspace = Workspace.Open(run.PathOf(_workspace));
        return TaskStage.IsCurrent(workspace, TaskStage.Recorded(workspace))
            && TerminologyChoice.Made(workspace, run.PathOf(_terminology)) is { } choice
            && ConceptStage.IsCurrent(workspace, choice, ConceptChoice.Recorded(workspace))
            && LiftStage.IsCurrent(workspace, LiftStage.Recorded(workspace))
                ? ShowOne(run, workspace, choice, id, options)
                : null;
    }

    private int ShowOne(CommandRun run, Workspace workspace, TerminologyChoice choice, string id, GraphOptions options)
    {
        if (GraphStage.Of(run, workspace, choice, id, options) is not { } graph)
        {
            run.Say($"The sample {id} has no graph: no fact of its record goes with its answer and leads to it by relations.");
            return ExitCode.Partial;
        }

        using var text = new StringWriter { NewLine = "\n" };
        if (run.Get(_svg))
            text.Write(GraphSvg.Write(graph));
        else if (run.Get(_mermaid))
            text.Write(GraphMermaid.Write(graph));
        else if (run.Get(_json))
            text.WriteLine(GraphJson.ToText(graph));
        else
            GraphText.Write(text, graph);
        if (run.PathOf(_out) is { } path)
            AtomicFile.WriteText(path, text.ToString());
        else
            run.Out.Write(text.ToString());
        return ExitCode.Done;
    }
}
