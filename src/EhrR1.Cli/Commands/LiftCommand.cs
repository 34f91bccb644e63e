using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>Counts which facts of the record go with which answers.</summary>
internal sealed class LiftCommand : CliCommand
{
    private const string Auto = "auto";

    private readonly Argument<string> _workspace = CommonOptions.Workspace();
    private readonly Option<string?> _terminology = KnowledgeOptions.Terminology();
    private readonly Option<string> _above = new("--lift-min") { Description = "Keep pairs with a Lift above this, or with 'auto' those whose association is significant at a false discovery rate of 5 % (Fisher's exact test).", HelpName = "NUMBER|auto", DefaultValueFactory = _ => "5" };
    private readonly Option<int> _least = CommonOptions.Count("--least-samples", "Keep facts that occur in at least so many samples of the task.", 5);
    private readonly Option<string[]> _tasks = CommonOptions.TaskList("--tasks", "Count these tasks alone. The default is the paper's decision tasks.");
    private readonly Option<string> _memory = CommonOptions.Memory();
    private readonly Option<bool> _json = JsonOption("Print what was counted as JSON.");

    public LiftCommand()
        : base(
            "lift",
            "Counts over the training patients which facts of the record go with which answers, and writes the pairs as Parquet into the workspace's folder 'lift'.",
            "ehr-r1 lift workspace",
            "ehr-r1 lift workspace --lift-min auto --tasks labevents,prescriptions")
    {
        Arguments.Add(_workspace);
        _above.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[^1].Value != Auto && !(double.TryParse(result.Tokens[^1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var above) && double.IsFinite(above) && above >= 0))
                result.AddError($"--lift-min must be a number of at least 0, or auto, not {result.Tokens[^1].Value}.");
        });
        foreach (var option in (ReadOnlySpan<Option>)[_terminology, _above, _least, _tasks, _memory, _json])
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override async Task<int> RunAsync(CommandRun run)
    {
        using var workspace = Workspace.OpenForWriting(run.PathOf(_workspace));
        await EarlierStages.NeedAsync(run, workspace, benchmark: false).ConfigureAwait(false);
        if (TerminologyChoice.OrNone(run, workspace, run.PathOf(_terminology)) is { } choice)
            KnowledgeOptions.NeedConcepts(run, workspace, choice);
        else
            run.Say("Note: no terminology is named, so the concepts of free texts are left out.");
        var wasCurrent = LiftStage.Run(run, workspace, new LiftOptions
        {
            LiftAbove = run.Get(_above) == Auto ? null : double.Parse(run.Get(_above)!, CultureInfo.InvariantCulture),
            LeastSamples = run.Get(_least),
            Tasks = CommonOptions.NamesIn(run.Get(_tasks)),
            Memory = MemorySize.Parse(run.Get(_memory)!),
        });
        var summary = LiftStage.Summary(workspace);
        if (run.Get(_json))
        {
            run.WriteJson(JsonSerializer.SerializeToNode(summary, ConceptStage.Json)!);
            return ExitCode.Done;
        }

        LiftText.Write(run.Out, summary);
        run.Out.WriteLine($"{ConceptText.Number(summary.Tasks.Sum(t => t.Kept))} pairs{(wasCurrent ? ", up to date," : "")} in {workspace.PathOf(LiftStage.Name, LiftBuild.PairsFile)}");
        run.Out.WriteLine($"Next: ehr-r1 graph {ShellText.Of(workspace.Folder)}");
        return ExitCode.Done;
    }
}
