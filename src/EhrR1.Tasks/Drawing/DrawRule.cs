namespace EhrR1.Tasks;

/// <summary>What a draw does with a row: whether it is considered, in which group, and by which key. Immutable; safe for any number of threads.</summary>
internal sealed class DrawRule(DrawOptions options)
{
    private readonly HashSet<string>? _tasks = options.Tasks?.Select(t => TaskCatalog.Get(t).Name).ToHashSet(StringComparer.Ordinal);

    public DrawOptions Options => options;

    /// <summary>Whether a row may be drawn.</summary>
    public bool Considers(TaskIndexRow row) =>
        CapOf(row.Definition) > 0 && (options.Split is not { } split || row.Split == split) && _tasks?.Contains(row.Task) != false && options.Filter.Keeps(row);

    /// <summary>The group that a row is drawn in.</summary>
    public DrawGroup GroupOf(TaskIndexRow row) => new(row.Task, IsBalanced(row.Task) && row.Labels[0] == "no");

    /// <summary>How many samples a group gets at most.</summary>
    public int MostOf(DrawGroup group) => IsBalanced(group.Task) ? CapOf(TaskCatalog.Get(group.Task)) / 2 : CapOf(TaskCatalog.Get(group.Task));

    /// <summary>Whether a task gets as many yes as no.</summary>
    public bool IsBalanced(string task) => options.Balance && TaskCatalog.Get(task).Kind == TaskKind.Risk;

    /// <summary>The key of a row.</summary>
    public DrawKey KeyOf(TaskIndexRow row)
    {
        var hash = new StableHash(options.Seed);
        hash.Add("draw");
        hash.Add(row.Id);
        var id = new StableHash(seed: 0);
        id.Add(row.Id);
        return new DrawKey(-Math.Log(hash.Unit) / (row.Definition.DrawsByWeight ? row.Weight : 1), id.Value);
    }

    private int CapOf(TaskDefinition task) => options.PerTask ?? task.InstructionCap;
}
