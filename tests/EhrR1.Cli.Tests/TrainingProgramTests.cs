using System.Diagnostics;
using System.Globalization;

namespace EhrR1.Cli.Tests;

public sealed class TrainingProgramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ehr-r1-train")]
    [InlineData("train/ehr-r1-train.exe")]
    [InlineData("train/ehr-r1-train")]
    [InlineData("train/ehr-r1-train.dll")]
    public void FindIn_ProgramBesideOrInItsFolder_IsFound(string place)
    {
        using var folder = new TemporaryFolder();
        TrainingProgram.FindIn(folder.FullPath).ShouldBeNull();
        Directory.CreateDirectory(folder.PathOf("train"));
        TrainingProgram.FindIn(folder.FullPath).ShouldBeNull();
        var file = Path.Combine(folder.FullPath, Path.Combine(place.Split('/')));
        File.WriteAllText(file, "");
        TrainingProgram.FindIn(folder.FullPath).ShouldBe(file);
    }

    [Fact]
    public void FindIn_Both_TakesTheOneBeside()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("train"));
        File.WriteAllText(folder.PathOf("train", "ehr-r1-train"), "");
        File.WriteAllText(folder.PathOf("ehr-r1-train.dll"), "");
        TrainingProgram.FindIn(folder.FullPath).ShouldBe(folder.PathOf("ehr-r1-train.dll"));
    }

    [Theory, InlineData(true, "eng/publish --with-training win-x64"), InlineData(false, "start ./ehr-r1, which builds it")]
    public void Advice_WhereTheProgramIsMissing_IsWhatTheSystemsLauncherCanDo(bool isWindows, string expected) => TrainingProgram.Advice(isWindows).ShouldContain(expected);

    // The signal goes to the main program alone, as that of a service manager or of 'kill' does.
    [Theory, InlineData("TERM"), InlineData("KILL")]
    public async Task Run_MainProgramThatGetsASignal_LetsTheTrainingProgramEndByItself(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals.");
        using var folder = new TemporaryFolder();
        var stands = folder.PathOf("ehr-r1-train");
        await File.WriteAllTextAsync(stands, "#!/usr/bin/env bash\necho ready\nread -r -u \"$EHR_R1_STOP_PIPE\"\necho saved\nexit 7\n", Token);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stands, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "ehr-r1.dll"), "train"]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment[TrainingProgram.Variable] = stands;
        using var process = Process.Start(start)!;
        (await process.StandardOutput.ReadLineAsync(Token)).ShouldBe("ready");
        using (var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Token);
        // Its end comes when both have closed it.
        (await process.StandardOutput.ReadToEndAsync(Token)).ShouldBe("saved\n");
        await process.WaitForExitAsync(Token);
        if (signal != "KILL")
            process.ExitCode.ShouldBe(7);
    }
}
