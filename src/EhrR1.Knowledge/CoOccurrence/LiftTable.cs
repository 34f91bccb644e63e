using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>The pairs that <see cref="LiftBuild"/> kept, by task and target.</summary>
/// <remarks>Memory grows with the pairs, 32 bytes each, not with the patients. Immutable; safe for any number of threads.</remarks>
internal sealed class LiftTable
{
    private readonly Dictionary<(string Task, int Target), LiftEntry[]> _entries = [];

    private LiftTable(IReadOnlySet<string> tasks) => Tasks = tasks;

    /// <summary>The tasks that have a pair.</summary>
    public IReadOnlySet<string> Tasks { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">A file that <see cref="LiftBuild"/> wrote.</param>
    /// <param name="terms">Gives the terms their numbers.</param>
    /// <exception cref="EhrR1Exception">The file is missing or damaged.</exception>
    public static LiftTable Read(string path, TermTable terms)
    {
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT task, target, history, lift, n_together, n_target, n FROM read_parquet({SqlText.Literal(path)})";
            command.UseStreamingMode = true;
            using var reader = command.ExecuteReader();
            var tasks = new HashSet<string>(StringComparer.Ordinal);
            var table = new LiftTable(tasks);
            var entries = new List<LiftEntry>();
            string task = "", target = "";
            while (reader.Read())
            {
                if (entries.Count > 0 && (reader.GetString(0) != task || reader.GetString(1) != target))
                    Close();
                (task, target) = (reader.GetString(0), reader.GetString(1));
                entries.Add(new LiftEntry(terms.Intern(reader.GetString(2)), reader.GetDouble(3), reader.GetInt64(4)));
                tasks.Add(task);
            }

            if (entries.Count > 0)
                Close();
            return table;

            void Close()
            {
                table._entries[(string.IsInterned(task) ?? task, terms.Intern(target))] = [.. entries];
                entries.Clear();
            }
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"The co-occurrence table cannot be read: {e.Message.Split('\n')[0]}", path, "Make it again with 'ehr-r1 lift'", e);
        }
    }

    /// <summary>What goes with a target, the highest Lift first.</summary>
    public ReadOnlySpan<LiftEntry> Of(string task, int target) => _entries.GetValueOrDefault((task, target));
}
