using EhrR1.Charts;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;
using static EhrR1.Tasks.Tests.HandMade;
using static EhrR1.Knowledge.Tests.SaidSource;

namespace EhrR1.Knowledge.Tests;

/// <summary>Twelve patients, of whom the first two have a failing heart and get furosemide, with the knowledge that explains it.</summary>
internal sealed class HeartWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BuiltTerminology _terminology;

    public HeartWorld(ChartProfile profile = ChartProfile.EhrBench, double peptideKnown = 2, string note = "FINDINGS: There is pulmonary edema. No pleural effusion.", params ReadOnlySpan<Action<ITerminologyIntake>> more)
    {
        _terminology = new BuiltTerminology(new SaidSource(
        [
            Concept("T:1", "Natriuretic peptide"), Concept("T:2", "Heart failure"), Concept("T:3", "Furosemide"), Concept("T:3", "Lasix"),
            Concept("T:4", "Pulmonary edema"), Concept("T:5", "Pleural effusion"), Concept("T:6", "Fever"),
            Relation("T:2", "raises", "T:1"), Relation("T:3", "treats", "T:2"), Relation("T:4", "is a complication of", "T:2"), Relation("T:5", "is a complication of", "T:2"),
            .. more,
        ]));
        Workspace = TinyWorkspace.Create(_folder.PathOf("workspace"), profile, [.. Enumerable.Range(1, 12).Select(i => Chart(i, peptideKnown, note, profile))]);
        TaskIndexBuilder.Build(Workspace, new TaskIndexBuildOptions { TestShare = 0, FewShotShare = 0 });
    }

    public Workspace Workspace { get; }

    public Terminology Terminology => _terminology.Store;

    public string Folder => _folder.FullPath;

    public string Terms => _folder.PathOf("concepts", ConceptFiles.Terms);

    public string Pairs => _folder.PathOf("lift", LiftBuild.PairsFile);

    public NoteTerms Notes(int shard) => ConceptFiles.ReadNotes(_folder.PathOf("concepts"), shard);

    public ConceptSummary FindConcepts(int threads = 1) => ConceptBuild.Build(Workspace, _folder.PathOf("concepts"), Terminology, new ConceptBuildOptions { Threads = threads });

    public GraphSummary Build(GraphOptions? options = null)
    {
        FindConcepts();
        LiftBuild.Build(Workspace, _folder.PathOf("lift"), new LiftOptions { LeastSamples = 1, Tasks = ["prescriptions"] }, Notes);
        return GraphBuild.Build(Workspace, _folder.PathOf("graphs"), Terms, Pairs, Terminology, (options ?? new GraphOptions { Threads = 1 }) with { Tasks = ["prescriptions"] }, Notes);
    }

    /// <summary>The graphs that were written, by the order of their files.</summary>
    public List<ThinkingGraph> Graphs() => [.. Directory.GetFiles(_folder.PathOf("graphs"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines).Select(GraphJson.Parse)];

    public void Dispose()
    {
        Workspace.Dispose();
        _terminology.Dispose();
        _folder.Dispose();
    }

    private static PatientChart Chart(int subject, double peptideKnown, string note, ChartProfile profile)
    {
        bool fails = subject <= 2;
        var chart = new ChartBuilder(subject).Patient().Admission(0, 60)
            .Lab(1, "Natriuretic Peptide" + (fails ? "" : $" {subject}"), stored: peptideKnown)
            .Add("radiology", At(2), 1, null, At(2), ("note_type", "RR"), ("text", fails ? note : "FINDINGS: Normal."))
            .Add("services", At(3), 1, ("curr_service", "MED"));
        if (subject == 1)
            chart = chart.Add("medrecon", At(0.5), 1, ("name", "lasix"));
        return chart.Add("prescriptions", At(4), 1, ("drug", fails ? "Furosemide" : $"Drug {subject}")).Build(profile);
    }
}
