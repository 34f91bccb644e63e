namespace EhrR1.Knowledge;

/// <summary>Finds the least of many values without sorting them all.</summary>
internal static class LeastValues
{
    /// <summary>Moves the least values to the front, in any order.</summary>
    /// <param name="values">The values; they are put in another order.</param>
    /// <param name="count">How many are wanted, at most as many as there are.</param>
    public static void MoveFirst(Span<ulong> values, int count)
    {
        // Hoare's selection: parts that lie wholly on one side of the border are left alone.
        while (count > 0 && count < values.Length)
        {
            ulong pivot = Middle(values[0], values[values.Length / 2], values[^1]);
            int low = 0, high = values.Length - 1;
            while (low <= high)
            {
                while (values[low] < pivot)
                    low++;
                while (values[high] > pivot)
                    high--;
                if (low > high)
                    break;
                (values[low], values[high]) = (values[high], values[low]);
                low++;
                high--;
            }

            if (count <= high + 1)
            {
                values = values[..(high + 1)];
            }
            else if (count >= low)
            {
                values = values[low..];
                count -= low;
            }
            else
            {
                return;
            }
        }
    }

    private static ulong Middle(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
