using EhrR1.Charts;

namespace EhrR1.Examples;

/// <summary>Charts: read a workspace's charts patient by patient.</summary>
public static class ChartsExample
{
    /// <summary>The first patient's chart as a model reads it.</summary>
    public static string FirstChart(string folder)
    {
        using var workspace = Workspace.Open(folder);
        var store = ChartStore.Open(workspace);
        var chart = store.ReadAll().First();
        return new ChartMarkdown(workspace.Profile).Render(chart.Events);
    }
}
