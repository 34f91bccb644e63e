using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Training.Tests;

/// <summary>A workspace of hand-made patients that instruction sets can be drawn from, and a reasoning set of it; built once for all tests of a class.</summary>
public sealed class ExportWorkspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExportWorkspace()
    {
        using var workspace = TinyWorkspace.Create(_folder.PathOf("w"), ChartProfile.EhrBench, [.. Enumerable.Range(1, 3).Select(p => Patient(p).Build(ChartProfile.EhrBench))]);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { TestShare = 0, FewShotShare = 0 });
        MakeReasoning(workspace);
    }

    /// <summary>The workspace.</summary>
    public string Folder => _folder.PathOf("w");

    /// <summary>A reasoning set, as 'ins reason' writes it.</summary>
    public string Reasoning => _folder.PathOf("reasoning");

    public void Dispose() => _folder.Dispose();

    private static ChartBuilder Patient(int subject)
    {
        var chart = new ChartBuilder(subject).Patient(60 + subject).Emergency(-5, -1, 100 + subject, hadm: 1).Vitals(-4, 100 + subject, 1).Admission(0, 90);
        for (var hour = 1; hour <= 18; hour++)
            chart = chart.Lab(hour, hour % 3 == 0 ? "Potassium" : "Sodium", value: 130 + hour + subject).Order(hour + 0.5);
        return chart;
    }

    private void MakeReasoning(Workspace workspace)
    {
        using var index = TaskIndexStore.Open(workspace);
        var cases = index.ReadTask("labevents").Take(6).Select((row, i) => new InstructionCase
        {
            Id = row.Id + "-0",
            SampleId = row.Id,
            SubjectId = row.SubjectId,
            Task = row.Definition,
            Split = row.Split,
            Kind = InstructionKind.Reasoning,
            Teacher = "narrator",
            Labels = row.Labels,
            User = "Why?".AsMemory(),
            Assistant = Rewarded.Completion(answer: row.Labels[0]),
            // The last is longer than stage 2 takes.
            Tokens = i < 5 ? 100 : 20_000,
        }).ToList();
        Directory.CreateDirectory(Path.Combine(Reasoning, "data"));
        var file = Path.Combine(Reasoning, "data", "train-00000.jsonl");
        CaseFile.Write(file, InstructionFormat.JsonLines, cases);
        new InstructionManifest
        {
            Kind = "reasoning",
            Fingerprint = "f",
            Settings = [],
            Source = [],
            Cases = cases.Count,
            Tasks = new Dictionary<string, long>(StringComparer.Ordinal) { ["labevents"] = cases.Count },
            Characters = 1,
            Tokens = 100,
            TokensBy = "estimate",
            Files = [new OutputFile("data/train-00000.jsonl", new FileInfo(file).Length, "0", cases.Count)],
        }.WriteTo(Reasoning);
    }
}
