using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Turns DuckDB's errors into ones that say what to do, without the rows that DuckDB quotes.</summary>
internal static partial class DuckDbErrors
{
    public static Exception Translate(DuckDBException error)
    {
        var first = error.Message.Split('\n')[0];
        if (error.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("disk is full", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("max_temp_directory_size", StringComparison.Ordinal))
            return new EhrR1Exception("The disk is full", null, "Free space on the workspace's disk and run the same command again: it resumes", error);
        if (error.Message.Contains("Permission denied", StringComparison.OrdinalIgnoreCase))
            return new EhrR1Exception($"A file cannot be opened: {first}", null, "Change its permissions, or choose a folder that you may write to", error);
        if (first.StartsWith("Out of Memory", StringComparison.Ordinal))
            return new EhrR1Exception("The memory limit is too small for this source", null, "Give more with --memory, for example --memory 8GiB", error);
        if (first.Contains("CSV Error", StringComparison.Ordinal))
        {
            var file = FileLine().Match(error.Message);
            return new EhrR1Exception($"A row does not fit its table: {first[(first.IndexOf("CSV Error", StringComparison.Ordinal))..]}", file.Success ? file.Groups["file"].Value.Trim() : null, "Restore the file from its download", error);
        }

        return first.Contains("IO Error", StringComparison.Ordinal)
            ? new EhrR1Exception($"A file cannot be read or written: {first}", null, "Check the disk and the folder's permissions, then run the same command again: it resumes", error)
            : error;
    }

    [GeneratedRegex(@"^\s*file = (?<file>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex FileLine();
}
