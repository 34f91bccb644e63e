namespace EhrR1.Hospital;

/// <summary>Items that are drawn in proportion to their weights.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] items;
    private readonly double[] cumulative;

    public Weighted(IEnumerable<(T Item, double Weight)> entries)
    {
        var kept = entries.Where(e => e.Weight > 0).ToArray();
        items = [.. kept.Select(e => e.Item)];
        cumulative = new double[items.Length];
        var sum = 0.0;
        for (var i = 0; i < items.Length; i++)
        {
            sum += kept[i].Weight;
            cumulative[i] = sum;
        }
    }

    public int Count => items.Length;

    public IReadOnlyList<T> Items => items;

    public T Draw(Rng rng)
    {
        var at = Array.BinarySearch(cumulative, rng.Uniform() * cumulative[^1]);
        return items[Math.Min(at < 0 ? ~at : at + 1, items.Length - 1)];
    }
}
