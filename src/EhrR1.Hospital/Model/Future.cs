namespace EhrR1.Hospital;

/// <summary>One way in which a stay may go on, with its weight among all ways.</summary>
/// <param name="Weight">The probability of this way.</param>
/// <param name="Hours">Hours until discharge or death.</param>
/// <param name="Died">Whether it ends in death.</param>
/// <param name="FirstIcuHours">Hours until the end of the ICU episode that the count began in; 0 on the ward.</param>
/// <param name="ReturnedToIcu">Whether another ICU episode follows.</param>
internal readonly record struct Future(double Weight, double Hours, bool Died, double FirstIcuHours, bool ReturnedToIcu)
{
    private const int Points = 48;
    private const int Dimensions = 14;
    private static readonly double[][] Grid = MakeGrid();

    /// <summary>Every way in which a stay on a ward may go on, given that no early ICU transfer happened.</summary>
    public static void FromWard(in Latent l, List<Future> futures)
    {
        futures.Clear();
        var late = OutcomeModel.LateIcu(l);
        var death = OutcomeModel.DiesOnWard(l, afterIcu: false);
        foreach (var z in Grid)
        {
            const double w = 1.0 / Points;
            IcuTree(l, z, 0, OutcomeModel.LateIcuStart(z[0]), w * late, 0, futures);
            futures.Add(new(w * (1 - late) * death, OutcomeModel.WardDeath(l, z[1]), true, 0, false));
            futures.Add(new(w * (1 - late) * (1 - death), OutcomeModel.WardAlive(l, z[1]), false, 0, false));
        }
    }

    /// <summary>Every way in which a stay in the ICU may go on from the start of its episode.</summary>
    public static void FromIcu(in Latent l, int episode, List<Future> futures)
    {
        futures.Clear();
        foreach (var z in Grid)
            IcuTree(l, z, episode, 0, 1.0 / Points, -1, futures);
    }

    private static void IcuTree(in Latent l, double[] z, int episode, double start, double weight, double firstEnd, List<Future> futures)
    {
        var at = 2 + (4 * episode);
        var returned = firstEnd > 0;
        var death = OutcomeModel.DiesInIcu(l, episode);
        var deathHour = start + OutcomeModel.IcuDeath(l, z[at]);
        futures.Add(new(weight * death, deathHour, true, firstEnd < 0 ? deathHour : firstEnd, returned));
        var end = start + OutcomeModel.IcuAlive(l, z[at + 1]);
        var first = firstEnd < 0 ? end : firstEnd;
        var left = weight * (1 - death);
        var back = episode + 1 < OutcomeModel.MostIcuEpisodes ? OutcomeModel.ReturnsToIcu(l) : 0;
        if (back > 0)
            IcuTree(l, z, episode + 1, end + OutcomeModel.WardBeforeReturn(z[at + 2]), left * back, first, futures);
        var wardDeath = OutcomeModel.DiesOnWard(l, afterIcu: true);
        futures.Add(new(left * (1 - back) * wardDeath, end + OutcomeModel.WardDeath(l, z[at + 3]), true, first, returned));
        futures.Add(new(left * (1 - back) * (1 - wardDeath), end + OutcomeModel.WardAfterIcu(l, z[at + 3]), false, first, returned));
    }

    // A Latin hypercube of standard normal numbers: each dimension holds one point in every one of its equal shares.
    private static double[][] MakeGrid()
    {
        var rng = Rng.For(20260101, 0);
        var grid = Enumerable.Range(0, Points).Select(_ => new double[Dimensions]).ToArray();
        for (var d = 0; d < Dimensions; d++)
        {
            var order = Enumerable.Range(0, Points).ToArray();
            for (var i = Points - 1; i > 0; i--)
            {
                var j = rng.Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }
            for (var i = 0; i < Points; i++)
                grid[i][d] = NormalQuantile((order[i] + 0.5) / Points);
        }
        return grid;
    }

    // Bisection is exact enough for a table that is made once.
    private static double NormalQuantile(double share)
    {
        var low = -6.0;
        var high = 6.0;
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            if (OutcomeModel.Logistic((1.5976 * middle) + (0.070565992 * middle * middle * middle)) < share)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}
