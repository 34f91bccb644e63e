using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Examples;

/// <summary>Tasks: index the charts' questions and make one sample.</summary>
public static class TasksExample
{
    /// <summary>The first sample of the index: prompt and answer.</summary>
    public static (string Prompt, string Answer) FirstSample(string folder)
    {
        using var workspace = Workspace.OpenForWriting(folder);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions());
        using var index = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);
        var row = index.ReadAll().First();
        var sample = new SampleBuilder(workspace.Profile, new CandidateMaker(index.Labels)).Build(charts.Read(row.SubjectId)!, row);
        return (sample.Prompt, sample.Output);
    }
}
