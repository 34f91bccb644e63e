using System.Text.Json;

namespace EhrR1.Cli.Tests;

/// <summary>The commands on the public MIMIC-IV demo, where the machine has it.</summary>
public sealed class RealDemoTests
{
    [Fact]
    public async Task BuildTasksSampleBenchAndChart_OnTheRealDemo_WorkTogether()
    {
        var (source, maps) = (RealData.Demo(), RealData.Maps());
        using var folder = new TemporaryFolder();
        var built = await Runner.SucceedInAsync(folder.FullPath, "build", "--source", source, "--maps", maps, "--out", "w", "--limit-patients", "12", "--json");
        using var summary = JsonDocument.Parse(built.Out);
        summary.RootElement.GetProperty("patients").GetInt32().ShouldBe(12);

        var again = await Runner.SucceedInAsync(folder.FullPath, "build", "--source", source, "--maps", maps, "--out", "w", "--limit-patients", "12");
        again.Out.ShouldContain("Charts are up to date");
        again.Out.ShouldContain("Task index is up to date");

        var csv = (await Runner.SucceedInAsync(folder.FullPath, "tasks", "w", "--task", "Inpatient_Mortality", "--csv")).Out.TrimEnd().Split('\n');
        csv[0].ShouldBe("id,subject_id,hadm_id,task,event,anchor_time,prediction_time,context_start,context_end,context_events,admission_time,last_discharge_note,target,weight,split");
        csv.Length.ShouldBeGreaterThan(10);
        var cells = csv[1].Split(',');
        (await Runner.SucceedInAsync(folder.FullPath, "tasks", "w")).Out.ShouldContain("Inpatient_Mortality");

        var sample = await Runner.SucceedInAsync(folder.FullPath, "sample", "w", "--id", cells[0]);
        sample.Out.ShouldContain("## Patient Demographics [None]");
        sample.Out.ShouldContain("please predict whether the patient will die during hospitalization.");
        using var asJson = JsonDocument.Parse((await Runner.SucceedInAsync(folder.FullPath, "sample", "w", "--id", cells[0], "--json")).Out);
        asJson.RootElement.GetProperty("items")[1].TryGetProperty("visible_from", out _).ShouldBeTrue();

        var chart = await Runner.SucceedInAsync(folder.FullPath, "chart", "w", "--subject", cells[1]);
        chart.Out.ShouldStartWith("## Patient Demographics [None]\n");
        using var chartJson = JsonDocument.Parse((await Runner.SucceedInAsync(folder.FullPath, "chart", "w", "--subject", cells[1], "--from", "2200-01-01", "--json")).Out);
        chartJson.RootElement.GetProperty("subject_id").GetInt64().ToString().ShouldBe(cells[1]);

        (await Runner.SucceedInAsync(folder.FullPath, "bench", "w", "--per-task", "20")).Out.ShouldContain("risk predictions");
        (await Runner.SucceedInAsync(folder.FullPath, "bench", "w", "--per-task", "20")).Out.ShouldContain("up to date");
        (await Runner.SucceedInAsync(folder.FullPath, "doctor", "w")).Out.ShouldContain("Stage bench");
    }

    [Fact]
    public async Task Build_DryRun_SaysWhatIsMissingAndWritesNothing()
    {
        var source = RealData.Demo();
        using var folder = new TemporaryFolder();
        var ran = await Runner.SucceedInAsync(folder.FullPath, "build", "--source", source, "--out", "w", "--dry-run");
        ran.Out.ShouldContain("note/discharge");
        ran.Out.ShouldContain("diagnoses_ccs");
        ran.Out.ShouldContain("Nothing was written.");
        Directory.Exists(folder.PathOf("w")).ShouldBeFalse();
    }

    [Fact]
    public async Task Build_SubjectsFile_BuildsThosePatientsAlone()
    {
        var source = RealData.Demo();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("subjects.csv"), "subject_id,note\n10000032,a\n10001217,b\n");
        var ran = await Runner.SucceedInAsync(folder.FullPath, "build", "--source", source, "--out", "w", "--subjects", "subjects.csv", "--tasks", "labevents,Inpatient_Mortality", "--json");
        using var summary = JsonDocument.Parse(ran.Out);
        summary.RootElement.GetProperty("patients").GetInt32().ShouldBe(2);
        summary.RootElement.GetProperty("tasks").GetProperty("by_task").EnumerateObject().Select(p => p.Name).ShouldBe(["labevents", "Inpatient_Mortality"], ignoreOrder: true);
    }
}
