using System.Text.Json;

namespace EhrR1.Cli.Tests;

/// <summary>All commands one after another on a small synthetic hospital, as a user would give them.</summary>
public sealed class EndToEndTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    [Fact]
    public async Task Eval_WithoutABenchmark_DrawsItAndSaysSo()
    {
        var ran = await hospital.RunAsync("eval", "w", "--model", "prior", "--tasks", "labevents,LengthOfStay_3day", "--out", "first-run");
        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        ran.Error.ShouldContain("There is no benchmark yet: drawing it with the defaults (500 a task)");
        ran.Out.ShouldContain("LengthOfStay_3day");
        File.Exists(hospital.PathOf("first-run", "answers.jsonl")).ShouldBeTrue();

        // A setting on record is used again when the stage is stale.
        (await hospital.SucceedAsync("bench", "w", "--per-task", "10", "--json")).Out.ShouldContain("\"was_up_to_date\": false");
        File.Delete(hospital.PathOf("w", "bench", "ehr_bench_risk_prediction.jsonl"));
        var again = await hospital.SucceedAsync("eval", "w", "--model", "copy-last", "--limit", "3", "--json");
        again.Error.ShouldContain("The benchmark is out of date: drawing it again (10 a task)");
        using var scores = JsonDocument.Parse(again.Out);
        scores.RootElement.GetProperty("state").GetString().ShouldBe("complete");
        scores.RootElement.GetProperty("scores").GetProperty("tasks").GetArrayLength().ShouldBeGreaterThan(20);

        var report = await hospital.SucceedAsync("report", "w");
        report.Out.ShouldContain("copy-last-1");
        var html = File.ReadAllText(hospital.PathOf("w", "report.html"));
        html.ShouldContain("<html");
        html.ShouldNotContain("src=\"http");
        using var json = JsonDocument.Parse(File.ReadAllText(hospital.PathOf("w", "report.json")));
        json.RootElement.GetProperty("runs").GetArrayLength().ShouldBe(1);
        (await hospital.SucceedAsync("report", "first-run", "--out", "one.html")).Out.ShouldContain("one.html");
    }

    [Fact]
    public async Task Tasks_StoppedWithOtherSettings_KeepThoseOnRecordAndTheBenchmarksToo()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "stopped", "--limit-patients", "8", "--tasks", "labevents,Inpatient_Mortality");
        await hospital.SucceedAsync("bench", "stopped", "--per-task", "3");
        using (var workspace = Charts.Workspace.OpenForWriting(hospital.PathOf("stopped")))
        {
            var stop = new CancellationToken(canceled: true);
            Should.Throw<OperationCanceledException>(() => BenchStage.Run(workspace, BenchStage.Options(workspace, perTask: 9, balance: true), new Progress<Charts.StageProgress>(), stop));
            BenchStage.Recorded(workspace).PerTask.ShouldBe(3);
            Should.Throw<OperationCanceledException>(() => TaskStage.Run(workspace, new Tasks.TaskIndexBuildOptions(), new Progress<Charts.StageProgress>(), stop));
            TaskStage.Recorded(workspace).Tasks.ShouldBe(["labevents", "Inpatient_Mortality"]);
            (BenchStage.Recorded(workspace).PerTask, BenchStage.Recorded(workspace).Balance).ShouldBe((3, false));
        }

        (await hospital.SucceedAsync("doctor", "stopped")).Out.ShouldContain("was stopped before its end");
        var again = await hospital.SucceedAsync("eval", "stopped", "--model", "prior", "--limit", "1", "--json");
        again.Error.ShouldContain("The task index is out of date: making it again");
        again.Error.ShouldContain("drawing it again (3 a task)");
        using var workspaceAgain = Charts.Workspace.Open(hospital.PathOf("stopped"));
        TaskStage.Recorded(workspaceAgain).Tasks.ShouldBe(["labevents", "Inpatient_Mortality"]);
    }

    [Fact]
    public async Task Sample_EveryItemInStrict_WasVisibleAtThePredictionTime()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "s", "--profile", "strict", "--limit-patients", "8");
        var ids = (await hospital.SucceedAsync("tasks", "s", "--csv")).Out.Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')[0]).Where((_, i) => i % 1500 == 0).ToList();
        ids.Count.ShouldBeGreaterThan(3);
        foreach (var id in ids)
        {
            using var sample = JsonDocument.Parse((await hospital.SucceedAsync("sample", "s", "--id", id, "--json")).Out);
            var moment = sample.RootElement.GetProperty("prediction_time").GetString();
            foreach (var item in sample.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("visible_from").GetString()).Where(v => v is not null))
                string.CompareOrdinal(item, moment).ShouldBeLessThanOrEqualTo(0, id);
        }
    }

    [Fact]
    public async Task Synth_SameSeedTwice_GivesTheSameBytes()
    {
        await hospital.SucceedAsync("synth", "--patients", "5", "--seed", "7", "--out", "a");
        await hospital.SucceedAsync("synth", "--patients", "5", "--seed", "7", "--out", "b");
        foreach (var file in Directory.EnumerateFiles(hospital.PathOf("a"), "*", SearchOption.AllDirectories))
            File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(file.Replace(hospital.PathOf("a"), hospital.PathOf("b"), StringComparison.Ordinal)), file);
    }

    [Fact]
    public async Task Demo_IntoAFolderOfTheUsers_RefusesAndTouchesNothing()
    {
        Directory.CreateDirectory(hospital.PathOf("mine"));
        File.WriteAllText(hospital.PathOf("mine", "thesis.txt"), "years of work");
        var ran = await hospital.RunAsync("demo", "--out", "mine", "--patients", "5");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain("holds no demo");
        Directory.EnumerateFileSystemEntries(hospital.PathOf("mine")).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Demo_Twice_MakesEverythingThenFindsItUpToDate()
    {
        var first = await hospital.SucceedAsync("demo", "--out", "demo", "--patients", "25");
        foreach (var output in new[] { "workspace/workspace.json", "report.html", "report.json" })
            File.Exists(hospital.PathOf("demo", output)).ShouldBeTrue(output);
        first.Out.ShouldContain("Try next:");
        var second = await hospital.SucceedAsync("demo", "--out", "demo", "--patients", "25");
        second.Out.Split("up to date").Length.ShouldBeGreaterThan(5);
        (await hospital.SucceedAsync("doctor", "demo/workspace")).Out.ShouldContain("All that is needed is there.");

        // The commands that the demo names work as they stand there.
        foreach (var line in first.Out.Split('\n').Where(l => l.StartsWith("  ehr-r1 ", StringComparison.Ordinal) && !l.Contains('<', StringComparison.Ordinal)))
            (await hospital.SucceedAsync(ShellWords.Of(line.Trim()))).Out.ShouldNotBeEmpty();
    }

    /// <summary>A hospital of 40 patients and a workspace built from it.</summary>
    public sealed class SmallHospital : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string PathOf(params string[] parts) => _folder.PathOf(parts);

        public async ValueTask InitializeAsync()
        {
            await SucceedAsync("synth", "--patients", "40", "--seed", "3", "--out", "hospital");
            await SucceedAsync("build", "--source", "hospital", "--out", "w");
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        internal Task<Ran> RunAsync(params string[] arguments) => Runner.RunInAsync(_folder.FullPath, arguments);

        internal Task<Ran> SucceedAsync(params string[] arguments) => Runner.SucceedInAsync(_folder.FullPath, arguments);
    }
}
