using EhrR1.Charts;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Evaluation.Tests;

/// <summary>A workspace of hand-made charts, half of whose patients are held out for examples, with its benchmark.</summary>
internal static class WorkspaceWithPool
{
    public static void Write(string folder)
    {
        using var workspace = TinyWorkspace.Create(folder, ChartProfile.Strict, [.. Enumerable.Range(1, 24).Select(Chart)]);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { Tasks = ["labevents"], TestShare = 0.4, FewShotShare = 0.4 });
        BenchmarkBuilder.Build(workspace, workspace.PathOf(BenchmarkFiles.Folder), new DrawOptions { Filter = DrawFilter.For(ChartProfile.Strict), Seed = 7 });
    }

    private static PatientChart Chart(int subject)
    {
        var day = new DateTime(2150, 1, 1, 8, 0, 0);
        return new ChartBuilder(subject).Patient(40 + subject, "F")
            .Add("admissions", day, subject, ("admission_type", "URGENT"))
            .Add("services", day.AddHours(1), subject, ("curr_service", "MED"))
            .Add("labevents", day.AddHours(3), subject, null, day.AddHours(4), ("item_name", subject % 2 == 0 ? "Sodium" : "Glucose"), ("valuenum", 4.2))
            .Build();
    }
}
