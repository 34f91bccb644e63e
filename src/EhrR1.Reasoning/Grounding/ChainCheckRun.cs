using System.Text;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Checks a folder of chains, ours or not, against the workspace that their samples are of.</summary>
/// <remarks>
/// Writes <c>checked.jsonl</c> (each chain with its measures), <c>apart.jsonl</c> (what is no chain, with the reasons) and
/// <c>check.json</c> (the report), in the order of the chains. Memory holds so many chains as the options say, a shard of charts a
/// thread, and the names of the workspace. The bytes do not depend on the number of threads.
/// </remarks>
public static class ChainCheckRun
{
    /// <summary>The file that is read.</summary>
    public const string ChainsFile = "chains.jsonl";

    /// <summary>The file with the chains that were measured.</summary>
    public const string CheckedFile = "checked.jsonl";

    /// <summary>The file with what is kept apart.</summary>
    public const string ApartFile = "apart.jsonl";

    /// <summary>The file with the report.</summary>
    public const string ReportFile = "check.json";

    /// <summary>The names of all lines of chains.</summary>
    internal static readonly IReadOnlySet<string> Files = new HashSet<string>(StringComparer.Ordinal) { ChainsFile, CheckedFile, ApartFile };

    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", Encoder = ReasoningChainJson.Lines.Encoder };

    /// <summary>Checks the chains.</summary>
    /// <param name="folder">The folder that holds <see cref="ChainsFile"/>.</param>
    /// <param name="workspace">The workspace of the samples.</param>
    /// <param name="options">The settings.</param>
    /// <param name="progress">Receives how many chains are done.</param>
    /// <param name="cancellationToken">Stops the work; files that were there stay as they were.</param>
    /// <exception cref="EhrR1Exception">There are no chains, a line is none, or the workspace cannot be read.</exception>
    public static ChainReport Run(string folder, Workspace workspace, ChainCheckOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.Combine(folder, ChainsFile);
        if (!File.Exists(path))
            throw new EhrR1Exception($"There are no chains here: the folder has no {ChainsFile}", folder, "Name a folder that 'ehr-r1 ins reason' wrote, or put chains of your own there, a JSON object a line with sample_id, chain, answer and teacher");
        var vocabulary = new GroundingVocabulary();
        using (var index = TaskIndexStore.Open(workspace))
            vocabulary.Add(index.Labels);
        GraphLines.AddAll(workspace, options.GraphFolder, vocabulary, cancellationToken);
        var check = new GroundingCheck(vocabulary, options.Terminology, options.Grounding);
        var tally = new ChainTally(options.Worst);
        long done = 0, total = File.ReadLines(path).LongCount(l => !string.IsNullOrWhiteSpace(l));
        AtomicFile.Write(Path.Combine(folder, CheckedFile), checkedStream => AtomicFile.Write(Path.Combine(folder, ApartFile), apartStream =>
        {
            using var good = Writer(checkedStream);
            using var apart = Writer(apartStream);
            foreach (var batch in ChainBatches.Read(path, options.ChainsAtOnce))
            {
                Write(ChainBatches.Check(batch, workspace, check, options, cancellationToken), good, apart, tally, options.Grounding);
                progress?.Report(new StageProgress("Checking chains", done += batch.Count, total, "chains"));
            }
        }));
        var report = tally.Report();
        AtomicFile.WriteText(Path.Combine(folder, ReportFile), JsonSerializer.Serialize(report, Json) + "\n");
        return report;
    }

    private static void Write(IReadOnlyList<ChainOutcome> outcomes, StreamWriter good, StreamWriter apart, ChainTally tally, GroundingOptions grounding)
    {
        for (int first = 0; first < outcomes.Count;)
        {
            int end = first;
            while (end < outcomes.Count && outcomes[end].Chain.SampleId == outcomes[first].Chain.SampleId)
                end++;
            var own = outcomes.Skip(first).Take(end - first).ToList();
            // A chain that passes both is better than a higher score that falls short somewhere.
            var best = BestOf(own.Where(o => o.Passes(grounding))) ?? BestOf(own.Where(o => !o.IsApart));
            foreach (var outcome in own)
                (outcome.IsApart ? apart : good).Write(outcome.ToLine(grounding, ReferenceEquals(outcome.Chain, best?.Chain)) + "\n");
            tally.Add(own[0].Chain.SampleId.Split('-')[0], own, grounding);
            first = end;
        }
    }

    private static CheckedChain? BestOf(IEnumerable<ChainOutcome> outcomes) => CheckedChain.Best(outcomes.Select(o => new CheckedChain(o.Chain, o.Parsed, o.Filter, o.Grounding!)));

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
}
