using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class BenchmarkReaderTests
{
    [Fact]
    public void Write_Samples_ReadBackAsTheyWere()
    {
        using var folder = new TemporaryFolder();
        var chart = new ChartBuilder(42).Patient().Admission(0, 90).Lab(1).Lab(2, "A | \"b\"\nc").Order(3);
        var rows = chart.Index();
        var candidates = new LabelCounts();
        foreach (var row in rows)
            candidates.Add(row);
        var builder = new SampleBuilder(ChartProfile.EhrBench, new CandidateMaker(candidates));
        var samples = rows.Select(r => builder.Build(chart.Build(), r)).ToList();

        var size = BenchmarkWriter.Write(folder.FullPath, samples, TestContext.Current.CancellationToken);

        var read = BenchmarkReader.ReadFolder(folder.FullPath).ToList();
        size.ShouldBe(new BenchmarkSize(samples.Count(s => s.Task.Kind == TaskKind.Decision), samples.Count(s => s.Task.Kind == TaskKind.Risk)));
        foreach (var (sample, line) in samples.OrderBy(s => s.Task.Kind).Zip(read))
        {
            line.Id.ShouldBe(sample.Id);
            line.SubjectId.ShouldBe(42);
            line.HadmId.ShouldBe(1);
            line.PredictionTime.ShouldBe(sample.Row.PredictionTime);
            line.Task.ShouldBe(sample.Task.Name);
            line.Kind.ShouldBe(sample.Task.Kind);
            line.Prompt.ShouldBe(sample.Prompt);
            line.Output.ShouldBe(sample.Output);
            line.Labels.ShouldBe(sample.Labels);
            line.Candidates.ShouldBe(sample.Candidates);
            line.Metric.ShouldBe(sample.Task.Metric);
            line.Split.ShouldBe(sample.Row.Split);
        }

        read.Where(r => r.Kind == TaskKind.Risk).Select(r => r.Idx).ShouldBe(Enumerable.Range(0, 3).Select(i => (long)i));
    }

    [Fact]
    public void ReadFile_ReleasedLines_NeedNoneOfOurFields()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, BenchmarkFiles.Decisions);
        File.WriteAllText(path, """
            {"idx": 3, "instruction": "Q", "input": "I", "output": "A\nB", "candidates": ["A", "B", "C"], "task_info": {"target_key": "drug", "metric": "recall", "bid_event": [], "task_type": "decision_making", "subject_id": "10000032", "hadm_id": "22595853.0", "task": "prescriptions", "event": "prescriptions", "period_begin": 3, "period_end": 20, "admissions_id": 4.0, "last_discharge_id": NaN, "instruction": "Q", "target": "[\"A\", \"B\"]", "label": ["A", "B"]}}
            {"idx": 4, "instruction": "Q", "input": "I", "output": "yes", "candidates": null, "task_info": "{\"task\": \"Inpatient_Mortality\", \"label\": \"yes\"}"}
            {"instruction": "Q", "input": "I", "output": "A\nB", "task_info": {"task": "emar", "hadm_id": NaN}}
            {}

            """);

        var read = BenchmarkReader.ReadFile(path).ToList();

        read.Select(r => r.Id).ShouldBe(["prescriptions-3", "Inpatient_Mortality-4", "emar-2"]);
        read[0].SubjectId.ShouldBe(10000032);
        read[0].HadmId.ShouldBe(22595853);
        read[0].Labels.ShouldBe(["A", "B"]);
        read[0].Candidates.ShouldBe(["A", "B", "C"]);
        read[0].PredictionTime.ShouldBeNull();
        read[1].Kind.ShouldBe(TaskKind.Risk);
        read[1].Labels.ShouldBe(["yes"]);
        read[2].Labels.ShouldBe(["A", "B"]);
        read[2].HadmId.ShouldBeNull();
        read[2].Kind.ShouldBe(TaskKind.Decision);
    }

    [Theory]
    [InlineData("{\"instruction\": \"Q\"")]
    [InlineData("{\"instruction\": \"Q\", \"input\": \"I\", \"output\": \"A\"}")]
    [InlineData("[]")]
    public void ReadFile_BrokenLine_NamesFileAndLine(string line)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "x.jsonl");
        File.WriteAllText(path, "\n" + line + "\n");

        Should.Throw<EhrR1Exception>(() => BenchmarkReader.ReadFile(path).Count()).Message.ShouldContain("line 2");
    }

    [Fact]
    public void ReadFolder_WithoutFiles_IsTheUsersError()
    {
        using var folder = new TemporaryFolder();

        Should.Throw<EhrR1Exception>(() => BenchmarkReader.ReadFolder(folder.FullPath).Count()).Message.ShouldContain("ehr-r1 bench");
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var sample = new ChartBuilder(1).Patient().Lab(1).Order(2).Sample("poe");

        Should.Throw<OperationCanceledException>(() => BenchmarkWriter.Write(folder.FullPath, [sample], new CancellationToken(canceled: true)));

        Directory.EnumerateFileSystemEntries(folder.FullPath).ShouldBeEmpty();
    }
}
