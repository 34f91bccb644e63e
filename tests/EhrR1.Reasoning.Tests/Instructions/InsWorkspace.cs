using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests;

/// <summary>A workspace of hand-made patients, one a shard, by default all of them in the train split, and a folder for data sets.</summary>
internal sealed class InsWorkspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InsWorkspace(int patients = 5, ChartProfile profile = ChartProfile.EhrBench, double testShare = 0)
    {
        (var workspace, Charts) = BuiltWorkspaces.Get(patients, profile, testShare);
        Workspace = Workspace.Open(workspace);
    }

    public PatientChart[] Charts { get; }

    public Workspace Workspace { get; }

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Writes a data set, one that was not asked for otherwise of 10 cases a file.</summary>
    public InstructionManifest Write(string name, InstructionOptions? options = null, InstructionKind kind = InstructionKind.Direct)
        => InstructionBuild.Write(Workspace, PathOf(name), kind, options ?? new InstructionOptions { CasesPerFile = 10 }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The samples that the published caps leave, made by the plain way, by id.</summary>
    public Dictionary<string, Sample> Samples()
    {
        using var index = TaskIndexStore.Open(Workspace);
        var builder = new SampleBuilder(Workspace.Profile, hasDischargeNotes: index.Manifest.HasDischargeNotes);
        var filter = DrawFilter.For(Workspace.Profile);
        return index.ReadAll().Where(r => r.Definition.InstructionCap > 0 && filter.Keeps(r)).Select(r => builder.Build(Charts.Single(c => c.SubjectId == r.SubjectId), r)).ToDictionary(s => s.Id, StringComparer.Ordinal);
    }

    /// <summary>Every file of a data set with its hash.</summary>
    public List<string> Hashes(string name) =>
        [.. Directory.EnumerateFiles(PathOf(name), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(PathOf(name), f)} {FileHash.OfFile(f)}")];

    public void Dispose()
    {
        Workspace.Dispose();
        _folder.Dispose();
    }
}
