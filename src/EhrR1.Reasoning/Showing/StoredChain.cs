using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>A chain of a folder with what a check wrote beside it.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Line">Its line, with filter, measures and faults where it was checked.</param>
/// <param name="Ids">The ids of all chains of its sample, in their order.</param>
public sealed record StoredChain(ReasoningChain Chain, JsonObject Line, IReadOnlyList<string> Ids)
{
    /// <summary>Whether it was checked.</summary>
    public bool IsChecked => Line.ContainsKey("filter");

    /// <summary>Finds a chain by its id, or the best of a sample.</summary>
    /// <param name="folder">The folder with the chains.</param>
    /// <param name="id">The chain's id, or the sample's.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The chain, or <see langword="null"/> where the folder has none of that id.</returns>
    /// <exception cref="EhrR1Exception">A line is no chain.</exception>
    public static StoredChain? Find(string folder, string id, CancellationToken cancellationToken = default)
    {
        // What was set apart stands in a file of its own; what was not checked stands only in the first.
        var wanted = ReadAll(folder, [ChainCheckRun.CheckedFile, ChainCheckRun.ApartFile], id, cancellationToken);
        if (wanted.Count == 0)
            wanted = ReadAll(folder, [ChainCheckRun.ChainsFile], id, cancellationToken);
        if (wanted.Count == 0)
            return null;
        var (chain, line) = wanted.Find(w => w.Chain.Id == id) is { Chain: not null } exact ? exact : wanted.OrderByDescending(w => (bool?)w.Line["best"] == true).First();
        return new StoredChain(chain, line, [.. wanted.Where(w => w.Chain.SampleId == chain.SampleId).Select(w => w.Chain.Id).Order(StringComparer.Ordinal)]);
    }

    private static List<(ReasoningChain Chain, JsonObject Line)> ReadAll(string folder, string[] files, string id, CancellationToken cancellationToken)
    {
        var found = new List<(ReasoningChain Chain, JsonObject Line)>();
        // A chain's id begins with its sample's.
        int dash = id.LastIndexOf('-');
        var sample = id.Count('-') > 2 ? id[..dash] : id;
        foreach (var path in files.Select(f => Path.Combine(folder, f)).Where(File.Exists))
        {
            long number = 0;
            foreach (var text in File.ReadLines(path))
            {
                cancellationToken.ThrowIfCancellationRequested();
                number++;
                if (!text.Contains(sample, StringComparison.Ordinal))
                    continue;
                var line = ReasoningChainJson.Object(text, path, number);
                var chain = ReasoningChainJson.Read(line, path, number);
                if (chain.Id == id || chain.SampleId == id || chain.SampleId == sample)
                    found.Add((chain, line));
            }
        }

        return found;
    }
}
