using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>The tasks that a teacher is asked about.</summary>
internal sealed class TaughtTasks
{
    private readonly IReadOnlyList<TaskDefinition>? _named;
    private readonly bool _weighsRisks;

    private TaughtTasks(IReadOnlyList<TaskDefinition>? named, bool weighsRisks)
    {
        _named = named;
        _weighsRisks = weighsRisks;
    }

    /// <summary>Whether thinking graphs are needed: not where risks alone are weighed.</summary>
    public bool NeedsGraphs => !_weighsRisks || _named is null || _named.Any(t => t.Kind == TaskKind.Decision);

    /// <summary>Reads the tasks that the user named.</summary>
    public static TaughtTasks Of(CommandRun run, InsOptions shared, bool weighsRisks) =>
        new(CommonOptions.NamesIn(run.Get(shared.Tasks))?.Select(TaskCatalog.Get).ToList(), weighsRisks);

    /// <summary>Says which of the named tasks get nothing.</summary>
    public void SayUnweighed(CommandRun run)
    {
        var risks = _named?.Where(t => t.Kind == TaskKind.Risk).Select(t => t.Name).ToList();
        if (!_weighsRisks && risks is { Count: > 0 })
            run.Say($"Risks get no chains without '--risk two-sided': {string.Join(", ", risks)}");
    }

    /// <summary>The samples in the order of the index.</summary>
    public IEnumerable<TaughtSample> Read(Workspace workspace, string split, SampleSelection? selection, CancellationToken cancellationToken)
    {
        return _weighsRisks
            ? TaughtSamples.ReadWithRisks(workspace, GraphsOf(workspace), split, selection, cancellationToken)
            : TaughtSamples.Read(workspace, workspace.PathOf(GraphStage.Folder), split, selection, cancellationToken);
    }

    /// <summary>Draws among these samples.</summary>
    public SampleSelection Draw(Workspace workspace, DrawOptions options, CancellationToken cancellationToken) => TaughtDraw.Draw(workspace, GraphsOf(workspace), options, _weighsRisks, cancellationToken);

    /// <summary>The tasks whose samples could get a chain: those that graphs were made for, and risks where they are weighed; of these the named ones, and any that were asked about.</summary>
    public IReadOnlyCollection<string> Names(Workspace workspace, string split, SynthesisReport report)
    {
        IEnumerable<string> made = NeedsGraphs ? GraphStage.Summary(workspace, split).Tasks.Select(t => t.Task) : [];
        if (_weighsRisks)
            made = made.Concat(TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Risk).Select(t => t.Name));
        return [.. made.Where(name => _named?.Any(t => t.Name == name) ?? true).Union(report.Tasks.Select(t => t.Task), StringComparer.Ordinal)];
    }

    private string? GraphsOf(Workspace workspace) => NeedsGraphs ? workspace.PathOf(GraphStage.Folder) : null;
}
