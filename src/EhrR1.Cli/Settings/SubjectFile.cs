using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>Files of patients' ids: one subject_id a line, a header and further columns are passed over.</summary>
internal static class SubjectFile
{
    /// <summary>Reads the ids.</summary>
    /// <exception cref="EhrR1Exception">The file cannot be read, is empty, or a line holds no id.</exception>
    public static IReadOnlyList<long> Read(string path)
    {
        var subjects = new SortedSet<long>();
        try
        {
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                var cell = line.Split(',', '\t', ';')[0].Trim().Trim('"');
                if (cell.Length == 0 || (number == 1 && !char.IsAsciiDigit(cell[0])))
                    continue;
                if (!long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var subject))
                    throw new EhrR1Exception("A line of the file of subjects begins with no subject_id", $"{path}, line {number}", "Write one whole number a line");
                subjects.Add(subject);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The file of subjects cannot be read: {e.Message.TrimEnd('.')}", path, "Name a file that you may read with --subjects", e);
        }

        return subjects.Count > 0 ? [.. subjects] : throw new EhrR1Exception("The file of subjects holds no subject_id", path, "Write one whole number a line");
    }
}
