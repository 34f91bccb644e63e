namespace EhrR1.Knowledge;

/// <summary>Merges sorted parts into one sorted whole; equal values come as often as they are there.</summary>
internal static class SortedMerge
{
    public static IEnumerable<T> Of<T>(IEnumerable<IEnumerable<T>> parts) where T : IComparable<T>
    {
        var queue = new PriorityQueue<IEnumerator<T>, T>();
        foreach (var part in parts)
        {
            var values = part.GetEnumerator();
            if (values.MoveNext())
                queue.Enqueue(values, values.Current);
        }

        while (queue.TryPeek(out var least, out var value))
        {
            if (least.MoveNext())
                queue.DequeueEnqueue(least, least.Current);
            else
                queue.Dequeue();
            yield return value;
        }
    }
}
