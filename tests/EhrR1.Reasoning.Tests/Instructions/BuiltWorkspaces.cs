using System.Collections.Concurrent;
using EhrR1.Charts;
using EhrR1.Reasoning.Tests;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

[assembly: AssemblyFixture(typeof(BuiltWorkspaces))]

namespace EhrR1.Reasoning.Tests;

/// <summary>The workspaces of <see cref="InsWorkspace"/>, each built once for all tests, which only read them; deleted when all have run.</summary>
public sealed class BuiltWorkspaces : IDisposable
{
    private static readonly ConcurrentDictionary<(int Patients, ChartProfile Profile, double TestShare), Lazy<(TemporaryFolder Folder, PatientChart[] Charts)>> _built = [];

    internal static (string Folder, PatientChart[] Charts) Get(int patients, ChartProfile profile, double testShare)
    {
        var (folder, charts) = _built.GetOrAdd((patients, profile, testShare), key => new(() => Build(key.Patients, key.Profile, key.TestShare))).Value;
        return (folder.FullPath, charts);
    }

    public void Dispose()
    {
        foreach (var built in _built.Values)
            built.Value.Folder.Dispose();
    }

    private static (TemporaryFolder Folder, PatientChart[] Charts) Build(int patients, ChartProfile profile, double testShare)
    {
        var folder = new TemporaryFolder();
        PatientChart[] charts = [.. Enumerable.Range(1, patients).Select(p => Patient(p).Build(profile))];
        using var workspace = TinyWorkspace.Create(folder.FullPath, profile, charts);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { TestShare = testShare, FewShotShare = 0 });
        return (folder, charts);
    }

    private static ChartBuilder Patient(int subject)
    {
        var chart = new ChartBuilder(subject).Patient(60 + subject).Emergency(-5, -1, 100 + subject, hadm: 1).Vitals(-4, 100 + subject, 1).Admission(0, 90);
        for (var hour = 1; hour <= 18; hour++)
            chart = chart.Lab(hour, hour % 3 == 0 ? "Potassium, \"whole\" blood" : "Sodium", value: 130 + hour + subject).Order(hour + 0.5, type: hour % 4 == 0 ? "Lab" : "Medications");
        return chart.Note(20, visible: 90, text: "Ünwell at first,\nwell at discharge\t— 🙂.");
    }
}
