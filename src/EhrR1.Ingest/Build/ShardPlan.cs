namespace EhrR1.Ingest;

/// <summary>A run of patients whose charts are written together.</summary>
/// <param name="Number">The shard's number, from 0.</param>
/// <param name="Subjects">The patients, by ascending id.</param>
/// <param name="Rows">How many rows they have, about.</param>
public sealed record ShardPlan(int Number, IReadOnlyList<long> Subjects, long Rows)
{
    /// <summary>Cuts the patients into shards of about <paramref name="rowsPerShard"/> rows.</summary>
    /// <param name="patients">The patients with their rows, by ascending id.</param>
    /// <param name="rowsPerShard">How many rows a shard holds, more only where one patient has more.</param>
    public static IReadOnlyList<ShardPlan> Cut(IEnumerable<(long SubjectId, long Rows)> patients, long rowsPerShard)
    {
        var shards = new List<ShardPlan>();
        var subjects = new List<long>();
        long rows = 0;
        foreach (var (subject, count) in patients)
        {
            if (subjects.Count > 0 && rows + count > rowsPerShard)
            {
                shards.Add(new ShardPlan(shards.Count, subjects, rows));
                subjects = [];
                rows = 0;
            }

            subjects.Add(subject);
            rows += count;
        }

        if (subjects.Count > 0)
            shards.Add(new ShardPlan(shards.Count, subjects, rows));
        return shards;
    }
}
