using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Models;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests.Synthesis;

/// <summary>A workspace of hand-made patients, one a shard, each with one sample of prescriptions that has a graph, and a teacher that writes what it is told.</summary>
internal sealed class TaughtWorkspace : IDisposable
{
    public const string Good = "## Extraction\n**Medrecon [2150-03-10 04:00:00]**: lasix.\n\n## Reasoning\nFurosemide may treat Heart failure, which may be treated by Digoxin.\n\n## Final Results\nDigoxin";

    private readonly TemporaryFolder _folder = new();

    public TaughtWorkspace(int patients = 6)
    {
        PatientChart[] charts = [.. Enumerable.Range(1, patients).Select(i => new ChartBuilder(i).Patient().Admission(1, 100).Emergency(2, 9, stay: 7, hadm: 1)
            .Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", "lasix"), ("ATC Type", "loop diuretics"))
            .Lab(8, value: 130 + i)
            .Add("prescriptions", HandMade.At(12), 1, ("drug", "Digoxin")).Build(ChartProfile.EhrBench))];
        Workspace = TinyWorkspace.Create(_folder.PathOf("w"), ChartProfile.EhrBench, charts);
        TaskIndexBuilder.Build(Workspace, new TaskIndexBuildOptions { TestShare = 0, FewShotShare = 0 });
        using var index = TaskIndexStore.Open(Workspace);
        Directory.CreateDirectory(Workspace.PathOf("graphs"));
        foreach (var (row, shard) in index.ReadTask("prescriptions").Select((r, i) => (r, i)))
        {
            Ids.Add(row.Id);
            File.WriteAllText(Workspace.PathOf("graphs", GraphBuild.FileOf("train", shard)), GraphJson.ToLine(GraphOf(row)) + "\n");
        }
    }

    public Workspace Workspace { get; }

    /// <summary>The samples' ids in their order.</summary>
    public List<string> Ids { get; } = [];

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Writes, checks and keeps chains; the script says what the teacher writes about the sample of a number.</summary>
    public InstructionManifest Write(string set, Func<int, ChainDraft[]> script, InstructionOptions? options = null, IProgress<StageProgress>? progress = null, TokenPrices? prices = null, GroundingOptions? grounding = null, CancellationToken cancellationToken = default)
    {
        var to = Path.Combine(PathOf(set), ReasoningBuild.ChainsFolder);
        Directory.CreateDirectory(to);
        var written = SynthesisRun.TellAsync(() => TaughtSamples.Read(Workspace, Workspace.PathOf("graphs"), "train"), new Scripted(this, script), to, new SynthesisOptions(), CancellationToken.None).GetAwaiter().GetResult();
        var chains = new TaughtChains
        {
            Folder = to,
            Samples = SampleCounts.ByTask(Workspace, "train", ["prescriptions", "labevents"]),
            Written = written with { Requests = 4, Usage = new TokenUsage(1_000_000, 500_000, 200_000) },
            Checked = ChainCheckRun.Run(to, Workspace, new ChainCheckOptions { Grounding = grounding ?? new GroundingOptions() }),
            Grounding = grounding ?? new GroundingOptions(),
            Prices = prices,
        };
        return ReasoningBuild.Write(Workspace, PathOf(set), chains, options ?? new InstructionOptions(), progress, cancellationToken);
    }

    /// <summary>Every file of a set with its hash.</summary>
    public List<string> Hashes(string set) =>
        [.. Directory.EnumerateFiles(PathOf(set), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(PathOf(set), f)} {FileHash.OfFile(f)}")];

    public void Dispose()
    {
        Workspace.Dispose();
        _folder.Dispose();
    }

    private static ThinkingGraph GraphOf(TaskIndexRow row) => new()
    {
        Id = row.Id,
        Task = row.Task,
        SubjectId = row.SubjectId,
        PredictionTime = row.PredictionTime,
        Targets = [new GraphTarget("Digoxin", "D:1", "Digoxin")],
        Facts = [new GraphFact("lasix", TermKind.Drug, "D:2", "Furosemide", "medrecon", HandMade.At(4), 3, 1)],
        Edges = [new GraphEdge(0, 0, 9, 5, [["Furosemide", "may treat", "Heart failure", "may be treated by", "Digoxin"]])],
    };

    private sealed class Scripted(TaughtWorkspace workspace, Func<int, ChainDraft[]> script) : IChainTeacher
    {
        public string Name => "scripted";

        public string Template => "with-knowledge@1";

        public Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> TeachAsync(TaughtSample taught, int count, CancellationToken cancellationToken = default) =>
            Task.FromResult(((IReadOnlyList<ChainDraft>)script(workspace.Ids.IndexOf(taught.Sample.Id)), default(TokenUsage)));
    }
}
