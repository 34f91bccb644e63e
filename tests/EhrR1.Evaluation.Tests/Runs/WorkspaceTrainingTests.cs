using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Evaluation.Tests;

public sealed class WorkspaceTrainingTests : IDisposable
{
    // The tiny workspaces have the seed 7.
    private static readonly PatientSplit _split = new() { Seed = 7 };
    private static readonly BaselineOptions _options = new() { LabelSamples = 3, SamplesPerTask = 30, Trees = new() { RowsPerLeaf = 2, Trees = 5 } };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("prior")]
    [InlineData("gbm")]
    public void Fit_OtherPatientsChanged_GivesTheSameBytes(string name)
    {
        var original = Fit(name, "original", _ => false);
        var changed = Fit(name, "changed", subject => _split.Of(subject) != SplitNames.Train);
        changed.ShouldBe(original);
        Fit(name, "trained", subject => _split.Of(subject) == SplitNames.Train).ShouldNotBe(original);
        if (name == "gbm")
            original.ShouldContain("end of trees");
    }

    [Fact]
    public async Task RunAsync_BaselinesOnAWorkspace_FitAskAndGoOnWithTheFittedModel()
    {
        var folder = _folder.PathOf("workspace");
        using (var workspace = Build(folder, _ => false))
            BenchmarkBuilder.Build(workspace, workspace.PathOf(BenchmarkFiles.Folder), new DrawOptions { Filter = DrawFilter.For(ChartProfile.Strict), Split = null, Seed = 7 });
        var runner = new EvaluationRunner(new StoppedClock());
        foreach (var name in Baselines.Names)
        {
            var run = await runner.RunAsync(new BaselineSource(name, _options), new EvaluationOptions { Source = folder });
            run.ReadManifest().State.ShouldBe(RunState.Complete);
            run.ReadSamples().First().Groups["insurance"].ShouldBe("Medicare");
            File.Exists(Path.Combine(run.ModelFolder, "prior.json")).ShouldBeTrue();
            var answers = run.ReadAnswers();
            run.Write(run.ReadManifest() with { State = RunState.Unfinished });
            File.Delete(run.AnswersFile);
            await runner.RunAsync(new BaselineSource(name, _options), new EvaluationOptions { Source = folder });
            run.ReadAnswers().Values.Select(a => JsonSerializer.Serialize(a)).ShouldBe(answers.Values.Select(a => JsonSerializer.Serialize(a)), ignoreOrder: true);
        }

        RunFolder.Of(folder).Select(r => r.Name).ShouldBe(["copy-last-1", "gbm-1", "prior-1"]);
    }

    private string Fit(string name, string folder, Func<long, bool> isChanged)
    {
        using var workspace = Build(_folder.PathOf(folder), isChanged);
        var fitted = WorkspaceTraining.Fit(name, workspace, _options);
        var saved = _folder.PathOf(folder + "-model");
        Directory.CreateDirectory(saved);
        fitted.Save(saved);
        return string.Join('\n', Directory.EnumerateFiles(saved, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => Path.GetFileName(f) + "\n" + File.ReadAllText(f)));
    }

    private static Workspace Build(string folder, Func<long, bool> isChanged)
    {
        var workspace = TinyWorkspace.Create(folder, ChartProfile.Strict, [.. Enumerable.Range(1, 24).Select(s => Chart(s, isChanged(s)))]);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { Tasks = ["services", "labevents", "Inpatient_Mortality", "LengthOfStay_3day"] });
        return workspace;
    }

    // A changed patient has other drugs, other services, and the other outcome.
    private static PatientChart Chart(int subject, bool changed)
    {
        var admitted = new DateTime(2150, 1, 1, 8, 0, 0).AddDays(subject);
        var ill = (subject % 3 == 0) != changed;
        return new ChartBuilder(subject).Patient(40 + (subject % 40))
            .Add("admissions", admitted, subject, ("admission_type", "URGENT"), ("insurance", "Medicare"), ("dischtime", admitted.AddDays(ill ? 6 : 2)),
                ("deathtime", ill && subject % 2 == 0 ? admitted.AddDays(6) : null), ("hospital_expire_flag", ill && subject % 2 == 0 ? 1 : 0))
            .Add("prescriptions", admitted.AddHours(1), subject, ("drug", ill ? "Furosemide" : "Acetaminophen"))
            .Add("labevents", admitted.AddHours(3), subject, ("item_name", ill ? "Lactate" : "Sodium"))
            .Add("services", admitted.AddHours(5), subject, ("curr_service", changed ? "SURG" : ill ? "MED" : "CMED"))
            .Add("labevents", admitted.AddHours(9), subject, ("item_name", ill ? "Lactate" : "Glucose"))
            .Build(ChartProfile.Strict);
    }
}
