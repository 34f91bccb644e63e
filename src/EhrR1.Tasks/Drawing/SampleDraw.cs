namespace EhrR1.Tasks;

/// <summary>Draws samples without replacement out of a stream of index rows, by weight where the task says so.</summary>
/// <remarks>
/// Each sample gets the key −ln(u) / weight with u from the hash of seed and id; the smallest keys are drawn
/// (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006). The draw therefore does not depend on the order of rows
/// or on threads, and memory holds the drawn samples alone. Not safe for several threads at once.
/// </remarks>
/// <param name="options">What to draw.</param>
public sealed class SampleDraw(DrawOptions options)
{
    private readonly HashSet<string>? _tasks = options.Tasks?.Select(t => TaskCatalog.Get(t).Name).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<(string Task, bool No), PriorityQueue<ulong, (double Key, ulong Id)>> _drawn = [];

    /// <summary>Offers a row to the draw.</summary>
    public void Offer(TaskIndexRow row)
    {
        var task = row.Definition;
        var cap = options.PerTask ?? task.InstructionCap;
        if (cap == 0 || (options.Split is { } split && row.Split != split) || _tasks?.Contains(row.Task) == false || !options.Filter.Keeps(row))
            return;
        var balanced = options.Balance && task.Kind == TaskKind.Risk;
        var id = SampleSelection.HashOf(row);
        var key = (Key: KeyOf(row, task.DrawsByWeight ? row.Weight : 1), Id: id);
        Keep((row.Task, balanced && row.Labels[0] == "no"), id, key);
    }

    /// <summary>Adds what a draw with the same options kept of other rows.</summary>
    public void Add(SampleDraw other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (group, heap) in other._drawn)
        {
            foreach (var (id, key) in heap.UnorderedItems)
                Keep(group, id, key);
        }
    }

    /// <summary>What is drawn, of all rows offered so far.</summary>
    public SampleSelection Select()
    {
        var selected = new HashSet<ulong>();
        foreach (var (group, heap) in _drawn)
        {
            var items = heap.UnorderedItems.OrderBy(i => i.Priority).Select(i => i.Element);
            var other = _drawn.GetValueOrDefault((group.Task, !group.No))?.Count ?? 0;
            var balanced = options.Balance && TaskCatalog.Get(group.Task).Kind == TaskKind.Risk;
            selected.UnionWith(balanced ? items.Take(other) : items);
        }

        return new SampleSelection(selected, options);
    }

    private static readonly Comparer<(double Key, ulong Id)> _largestFirst = Comparer<(double Key, ulong Id)>.Create((a, b) => b.CompareTo(a));

    private void Keep((string Task, bool No) group, ulong id, (double Key, ulong Id) key)
    {
        if (!_drawn.TryGetValue(group, out var heap))
            _drawn.Add(group, heap = new PriorityQueue<ulong, (double Key, ulong Id)>(_largestFirst));
        heap.Enqueue(id, key);
        var task = TaskCatalog.Get(group.Task);
        var cap = options.PerTask ?? task.InstructionCap;
        if (heap.Count > (options.Balance && task.Kind == TaskKind.Risk ? cap / 2 : cap))
            heap.Dequeue();
    }

    private double KeyOf(TaskIndexRow row, double weight)
    {
        var hash = new StableHash(options.Seed);
        hash.Add("draw");
        hash.Add(row.Id);
        return -Math.Log(hash.Unit) / weight;
    }
}
