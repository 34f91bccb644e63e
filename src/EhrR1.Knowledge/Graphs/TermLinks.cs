using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>The concepts that the terms of a workspace's charts name, as <see cref="ConceptBuild"/> found them.</summary>
/// <remarks>Memory grows with the different terms, not with the patients. Immutable; safe for any number of threads.</remarks>
internal sealed class TermLinks
{
    private readonly Dictionary<(TermKind Kind, int Term), int[]> _concepts = [];

    /// <summary>Reads the links.</summary>
    /// <param name="path">A file that <see cref="ConceptBuild"/> wrote.</param>
    /// <param name="terms">Gives the terms their numbers.</param>
    /// <param name="terminology">The terminology that the terms were linked to.</param>
    /// <exception cref="EhrR1Exception">The file is missing or damaged, or of another terminology.</exception>
    public static TermLinks Read(string path, TermTable terms, Terminology terminology)
    {
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = 
                // A term stands once for each of its codes: the concepts that most rows have come first.
                $"SELECT kind, term, concept FROM read_parquet({SqlText.Literal(path)}) WHERE concept IS NOT NULL GROUP BY ALL ORDER BY kind, term, sum(rows) DESC, min(rank), concept";
            using var reader = command.ExecuteReader();
            var links = new TermLinks();
            var found = new Dictionary<(TermKind, int), List<int>>();
            while (reader.Read())
            {
                int concept = terminology.Find(reader.GetString(2));
                if (concept < 0)
                    throw new EhrR1Exception($"The concepts were found in another terminology: this one has no {reader.GetString(2)}", path, "Run 'ehr-r1 concepts' with this terminology");
                var key = (Enum.Parse<TermKind>(reader.GetString(0)), terms.Intern(reader.GetString(1)));
                if (!found.TryGetValue(key, out var concepts))
                    found.Add(key, concepts = []);
                // The same term in two spellings may name a concept twice.
                if (!concepts.Contains(concept))
                    concepts.Add(concept);
            }

            foreach (var (key, concepts) in found)
                links._concepts.Add(key, [.. concepts]);
            return links;
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"The concepts cannot be read: {e.Message.Split('\n')[0]}", path, "Find them again with 'ehr-r1 concepts'", e);
        }
    }

    /// <summary>The concepts of a term, the best first.</summary>
    public ReadOnlySpan<int> Of(TermKind kind, int term) => _concepts.GetValueOrDefault((kind, term));
}
