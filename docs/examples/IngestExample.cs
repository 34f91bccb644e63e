using EhrR1.Charts;
using EhrR1.Ingest;

namespace EhrR1.Examples;

/// <summary>Ingest: build charts from MIMIC-IV files.</summary>
public static class IngestExample
{
    /// <summary>Builds the charts of a source and gives the number of patients.</summary>
    public static async Task<int> BuildAsync(string source, string folder, CancellationToken cancellationToken)
    {
        using var workspace = Workspace.Create(folder, new WorkspaceManifest { Profile = "strict", Seed = 42 });
        var options = new BuildOptions { Source = source, Workspace = folder, Profile = ChartProfile.Strict };
        var result = await ChartBuild.RunAsync(workspace, options, cancellationToken: cancellationToken);
        return result.Patients;
    }
}
