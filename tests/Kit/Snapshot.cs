using System.Runtime.CompilerServices;

namespace EhrR1.TestKit;

/// <summary>Compares a text with the reviewed file that stands beside the test; EHR_R1_UPDATE_SNAPSHOTS=1 writes it anew.</summary>
internal static class Snapshot
{
    public static void ShouldMatch(string actual, string file, [CallerFilePath] string test = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, file));
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("EHR_R1_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"There is no {path}; run the tests with EHR_R1_UPDATE_SNAPSHOTS=1 and review what they write.");
        text.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"{path} differs; if the change is meant, run with EHR_R1_UPDATE_SNAPSHOTS=1.");
    }
}
