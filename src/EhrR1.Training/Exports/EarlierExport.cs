using System.Text.RegularExpressions;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>What an export with other options left in the folder: an engine reads a whole folder of data, and a script that is there will be started.</summary>
internal static partial class EarlierExport
{
    /// <summary>Deletes files that only an export writes, by their names, and that this one did not write.</summary>
    /// <param name="folder">The export's folder.</param>
    /// <param name="written">What this export wrote, as paths from the folder with slashes.</param>
    public static void Delete(string folder, IReadOnlySet<string> written)
    {
        foreach (var part in (ReadOnlySpan<string>)["", "data/stage1", "data/stage2"])
        {
            var at = Path.Combine(folder, part);
            if (!Directory.Exists(at))
                continue;
            foreach (var path in Directory.GetFiles(at))
            {
                var name = part.Length == 0 ? Path.GetFileName(path) : $"{part}/{Path.GetFileName(path)}";
                var whole = name.EndsWith(AtomicFile.TemporaryEnding, StringComparison.Ordinal) ? name[..^AtomicFile.TemporaryEnding.Length] : name;
                if (OwnName().IsMatch(whole) && !written.Contains(name))
                    File.Delete(path);
            }

            // The script of stage 2 asks whether there is the folder.
            if (part.Length > 0 && !Directory.EnumerateFileSystemEntries(at).Any())
                Directory.Delete(at);
        }
    }

    [GeneratedRegex(@"^(stage[123]\.(yaml|args|sbatch)|run-stage[123]\.sh|rollouts\.sh|reward-server\.sh|export-model\.sh|merge_lora\.py|ehr_r1_reward\.py|accelerate-(zero3|fsdp)\.yaml|data/stage[12]/train-((reasoning|direct)-)?[0-9]{5,}\.parquet)$", RegexOptions.ExplicitCapture)]
    private static partial Regex OwnName();
}
