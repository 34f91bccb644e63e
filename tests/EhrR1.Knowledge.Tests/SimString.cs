using System.Diagnostics;
using System.Text;

namespace EhrR1.Knowledge.Tests;

/// <summary>The program that our matcher must equal, where it is installed (Debian: simstring-bin).</summary>
internal static class SimString
{
    /// <summary>What SimString finds for each query among names, both as they are.</summary>
    /// <remarks>Skips the test where the program is missing.</remarks>
    public static List<HashSet<string>> Find(IReadOnlyList<string> names, IReadOnlyList<string> queries, string measure, string threshold)
    {
        using var folder = new TemporaryFolder();
        Run(names, "-b", "-u", "-n", "3", "-d", folder.PathOf("names"));
        var found = new List<HashSet<string>>();
        // An answer: a line for each name, begun by a tab, then a line that counts them.
        var current = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Run(queries, "-u", "-n", "3", "-s", measure, "-t", threshold, "-d", folder.PathOf("names")).Split('\n'))
        {
            if (line.StartsWith('\t'))
            {
                current.Add(line[1..]);
            }
            else if (line.Contains(" strings retrieved ("))
            {
                found.Add(current);
                current = new HashSet<string>(StringComparer.Ordinal);
            }
        }

        found.Count.ShouldBe(queries.Count);
        return found;
    }

    private static string Run(IEnumerable<string> lines, params string[] arguments)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, "simstring")).FirstOrDefault(File.Exists);
        Assert.SkipUnless(program is not null, "simstring is not installed (Debian: simstring-bin).");
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(program!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        // Under the C locale it stops at the first character that is not ASCII.
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var line in lines)
            process.StandardInput.Write(line + "\n");
        process.StandardInput.Close();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output.GetAwaiter().GetResult();
    }
}
