using System.Diagnostics;
using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>A build that ends at any moment goes on to the bytes of one that did not.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_CancelledAtAnyStep_ResumesToTheSameBytes()
    {
        var source = ManyPatients.Make().Write(_folder.PathOf("source"));
        await Build.Run(source, _folder.PathOf("whole"), Small);
        var whole = Build.Files(_folder.PathOf("whole"));
        for (var step = 1; ; step += 2)
        {
            var workspace = _folder.PathOf($"cut-{step}");
            using var stop = new CancellationTokenSource();
            try
            {
                await Build.Run(source, workspace, Small, new AtReport(step, stop.Cancel), stop.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                // What a killed process leaves at worst: files cut short under temporary names, and spilled rows.
                foreach (var folder in Directory.EnumerateDirectories(workspace, "*", SearchOption.AllDirectories).Where(d => d.Contains("tables") || d.Contains("charts")).ToList())
                    File.WriteAllText(Path.Combine(folder, "labevents.parquet.partial"), "PAR1 cut");
                Directory.CreateDirectory(Path.Combine(workspace, "staging", "spill"));
                File.WriteAllText(Path.Combine(workspace, "staging", "spill", "duckdb_temp_block-1.block"), "x");
            }

            await Build.Run(source, workspace, Small);
            foreach (var leftover in Directory.EnumerateFiles(Path.Combine(workspace, "charts"), "labevents.parquet.partial", SearchOption.AllDirectories).ToList())
                File.Delete(leftover);
            Build.Files(workspace).ShouldBe(whole, $"cancelled at report {step}");
            step.ShouldBeLessThan(1000);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Build_ProcessKilled_LeavesNoHalfWorkspaceAndResumesToTheSameBytes(int report)
    {
        var source = ManyPatients.Make().Write(_folder.PathOf("source"));
        await Build.Run(source, _folder.PathOf("whole"), Small);
        var killed = _folder.PathOf("killed");
        using (var child = ChildBuild.Start(source, killed, report))
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        using (var workspace = Workspace.Open(killed))
            workspace.Stage(ChartBuild.StageName).ShouldBeNull();
        File.Exists(Path.Combine(killed, "charts", "subjects.parquet")).ShouldBeFalse();
        Directory.Exists(Path.Combine(killed, "staging")).ShouldBeTrue();
        await Build.Run(source, killed, Small);
        Build.Files(killed).ShouldBe(Build.Files(_folder.PathOf("whole")));
    }

    [Fact]
    public async Task Build_ResumedAfterTheSourceChanged_StartsAnew()
    {
        var source = SmallHospital.Make().Only("hosp/omr", "hosp/services");
        source.Write(_folder.PathOf("source"));
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => Build.Run(_folder.PathOf("source"), _folder.PathOf("ws"), null, new AtReport(3, stop.Cancel), stop.Token));
        source.Row("hosp/omr", ("subject_id", 12), ("chartdate", "2150-01-01"), ("result_name", "new")).Write(_folder.PathOf("source"));
        await Build.Run(_folder.PathOf("source"), _folder.PathOf("ws"));
        Build.Chart(_folder, 12).ItemCount.ShouldBe(2);
    }

    [Fact]
    public async Task Build_Again_IsUpToDateAndTouchesNothing()
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        var first = await Build.Run(source, _folder);
        var files = Build.Files(_folder.PathOf("ws"));
        Directory.CreateDirectory(_folder.PathOf("ws", "staging", "tables"));
        var second = await Build.Run(_folder.PathOf("source"), _folder.PathOf("ws"));
        (first.WasUpToDate, second.WasUpToDate).ShouldBe((false, true));
        (second.Patients, second.Events, second.Items).ShouldBe((first.Patients, first.Events, first.Items));
        Build.Files(_folder.PathOf("ws")).ShouldBe(files);
        Directory.Exists(_folder.PathOf("ws", "staging")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Build_ChartFileMissingOrCutShort_IsMadeAnew(bool missing)
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        await Build.Run(source, _folder);
        var files = Build.Files(_folder.PathOf("ws"));
        var file = _folder.PathOf("ws", "charts", "omr", "00000.parquet");
        if (missing)
            File.Delete(file);
        else
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^3]);
        (await Build.Run(_folder.PathOf("source"), _folder.PathOf("ws"))).WasUpToDate.ShouldBeFalse();
        Build.Files(_folder.PathOf("ws")).ShouldBe(files);
    }

    [Fact]
    public async Task Build_WhileAnotherProcessBuilds_IsRefused()
    {
        var source = SmallHospital.Make().Only("hosp/omr").Write(_folder.PathOf("source"));
        using var held = Workspace.Create(_folder.PathOf("ws"), new WorkspaceManifest { Profile = "ehr-bench", Seed = 42 });
        using var child = ChildBuild.Start(source, held.Folder, report: 0);
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        child.ExitCode.ShouldNotBe(0);
        output.ShouldContain($"Another process is writing to this workspace ({held.Folder}). Wait until it has finished, or stop it.");
        Directory.Exists(Path.Combine(held.Folder, "staging")).ShouldBeFalse();
    }

    internal static BuildOptions Small(BuildOptions options) => options with { RowsPerShard = 400 };

    /// <summary>Does something at the n-th report of progress.</summary>
    internal sealed class AtReport(int number, Action act) : IProgress<BuildProgress>
    {
        private int _reports;

        public void Report(BuildProgress value)
        {
            if (Interlocked.Increment(ref _reports) == number)
                act();
        }
    }
}
