namespace EhrR1.Hospital;

/// <summary>The course of an admission as it was drawn: ICU episodes, length and end.</summary>
internal sealed record Course(IReadOnlyList<IcuEpisode> Icu, double Hours, bool Died)
{
    public static Course Draw(in Latent l, Rng rng)
    {
        if (rng.Chance(OutcomeModel.EarlyIcu(l)))
            return FromIcu(l, OutcomeModel.EarlyIcuStart(rng.Normal()), rng);
        if (rng.Chance(OutcomeModel.LateIcu(l)))
            return FromIcu(l, OutcomeModel.LateIcuStart(rng.Normal()), rng);
        return rng.Chance(OutcomeModel.DiesOnWard(l, afterIcu: false))
            ? new([], OutcomeModel.WardDeath(l, rng.Normal()), true)
            : new([], OutcomeModel.WardAlive(l, rng.Normal()), false);
    }

    private static Course FromIcu(in Latent l, double start, Rng rng)
    {
        var episodes = new List<IcuEpisode>();
        while (true)
        {
            if (rng.Chance(OutcomeModel.DiesInIcu(l, episodes.Count)))
            {
                var death = start + OutcomeModel.IcuDeath(l, rng.Normal());
                episodes.Add(new(start, death));
                return new(episodes, death, true);
            }
            var end = start + OutcomeModel.IcuAlive(l, rng.Normal());
            episodes.Add(new(start, end));
            if (episodes.Count < OutcomeModel.MostIcuEpisodes && rng.Chance(OutcomeModel.ReturnsToIcu(l)))
            {
                start = end + OutcomeModel.WardBeforeReturn(rng.Normal());
                continue;
            }
            return rng.Chance(OutcomeModel.DiesOnWard(l, afterIcu: true))
                ? new(episodes, end + OutcomeModel.WardDeath(l, rng.Normal()), true)
                : new(episodes, end + OutcomeModel.WardAfterIcu(l, rng.Normal()), false);
        }
    }
}
