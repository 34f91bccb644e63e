using System.Globalization;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;

namespace EhrR1.Cli;

/// <summary>Looks at what the program needs of the machine.</summary>
internal static class MachineChecks
{
    private const long FewBytes = 2L << 30;

    public static IEnumerable<DoctorCheck> Look(CliTerminal terminal, string folder)
    {
        yield return new DoctorCheck(".NET", DoctorState.Ok, $"{RuntimeInformation.FrameworkDescription} ({RuntimeInformation.RuntimeIdentifier})");
        yield return new DoctorCheck("System", DoctorState.Ok, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
        yield return new DoctorCheck("Cores", DoctorState.Ok, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        yield return Memory();
        yield return Disk(folder);
        yield return Writing(folder);
        yield return DuckDb();
        yield return Trees();
        yield return Fonts();
        yield return Browser(terminal);
        yield return Data(terminal);
    }

    private static DoctorCheck Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return bytes >= FewBytes
            ? new DoctorCheck("Memory", DoctorState.Ok, MemorySize.Format(bytes))
            : new DoctorCheck("Memory", DoctorState.Note, MemorySize.Format(bytes), "Give 'build' a smaller --memory, such as 512MiB.");
    }

    private static DoctorCheck Disk(string folder)
    {
        try
        {
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
            var free = drive.AvailableFreeSpace;
            return free >= FewBytes
                ? new DoctorCheck("Free disk", DoctorState.Ok, $"{MemorySize.Format(free)} at {folder}")
                : new DoctorCheck("Free disk", DoctorState.Note, $"{MemorySize.Format(free)} at {folder}", "Free some space: a workspace takes about half of what the gzipped source takes, and sorting as much again.");
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return new DoctorCheck("Free disk", DoctorState.Note, "not known", $"The system does not tell: {e.Message}");
        }
    }

    private static DoctorCheck Writing(string folder)
    {
        var probe = Path.Combine(folder, $".ehr-r1-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new DoctorCheck("Writing", DoctorState.Ok, $"allowed in {folder}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DoctorCheck("Writing", DoctorState.Note, $"not allowed in {folder}", "Name a folder that you may write to with --out.");
        }
    }

    private static DoctorCheck DuckDb()
    {
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT version()";
            return new DoctorCheck("DuckDB", DoctorState.Ok, (string)command.ExecuteScalar()!);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException or DuckDBException)
        {
            return new DoctorCheck("DuckDB", DoctorState.Bad, $"does not load: {e.GetBaseException().Message}", "Build or publish the program for this system: linux-x64, linux-arm64, osx-arm64 or win-x64.");
        }
    }

    private static DoctorCheck Trees()
    {
        var name = OperatingSystem.IsWindows() ? "lib_lightgbm.dll" : OperatingSystem.IsMacOS() ? "lib_lightgbm.dylib" : "lib_lightgbm.so";
        if (RuntimeInformation.OSArchitecture != Architecture.X64 || OperatingSystem.IsMacOS())
            return new DoctorCheck("LightGBM", DoctorState.Note, "has no build for this system", "Use the models prior and copy-last here; gbm runs on x64 Linux and Windows.");
        try
        {
            var path = ((ReadOnlySpan<string>)[name, Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native", name)]).ToArray()
                .Select(n => Path.Combine(AppContext.BaseDirectory, n)).FirstOrDefault(File.Exists);
            NativeLibrary.Free(NativeLibrary.Load(path ?? name));
            return new DoctorCheck("LightGBM", DoctorState.Ok, "loads");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            var lacksOpenMp = e.Message.Contains("libgomp", StringComparison.Ordinal);
            return new DoctorCheck("LightGBM", DoctorState.Note, lacksOpenMp ? "does not load: libgomp.so.1 is missing" : "does not load", lacksOpenMp ? "Install libgomp1 for --model gbm: 'apt-get install libgomp1', or 'dnf install libgomp'." : "Only --model gbm needs it; build the program again for this system.");
        }
    }

    private static DoctorCheck Fonts()
    {
        if (!OperatingSystem.IsLinux())
            return new DoctorCheck("Fonts", DoctorState.Ok, "the system's own");
        var found = ((string[])["/usr/share/fonts", "/usr/local/share/fonts"]).Any(f => Directory.Exists(f) && Directory.EnumerateFiles(f, "*.?tf", SearchOption.AllDirectories).Any());
        return found
            ? new DoctorCheck("Fonts", DoctorState.Ok, "found")
            : new DoctorCheck("Fonts", DoctorState.Note, "none found", "Plots as PNG have no text without a font: 'apt-get install fonts-dejavu-core'.");
    }

    private static DoctorCheck Browser(CliTerminal terminal)
    {
        var folders = (terminal.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = folders.SelectMany(f => ((string[])["chromium", "chromium-browser", "google-chrome"]).Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists);
        return found is not null
            ? new DoctorCheck("Browser", DoctorState.Ok, found)
            : new DoctorCheck("Browser", DoctorState.Note, "no chromium on PATH", "Only the tests that look at reports need one: 'apt-get install chromium'.");
    }

    private static DoctorCheck Data(CliTerminal terminal) => terminal.Variable("EHR_R1_DATA") switch
    {
        null or "" => new DoctorCheck("EHR_R1_DATA", DoctorState.Note, "not set", "Only tests on real records need it: set it to a folder that holds mimic-iv-demo and maps."),
        var folder when Directory.Exists(folder) => new DoctorCheck("EHR_R1_DATA", DoctorState.Ok, folder),
        var folder => new DoctorCheck("EHR_R1_DATA", DoctorState.Note, $"{folder} is not there", "Set it to a folder that holds mimic-iv-demo and maps, or unset it."),
    };
}
