using System.Text;
using System.Text.RegularExpressions;

namespace EhrR1.Ingest;

/// <summary>The history known at admission, taken out of a stay's discharge note: what stands before its first physical examination.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
public static partial class AdmissionHistory
{
    private static readonly string[] _keys = ["Chief Complaint", "History of Present Illness", "Past Medical History", "Social History", "Family History", "Allergies"];

    /// <summary>Takes the history out of a note.</summary>
    /// <param name="note">The whole discharge note.</param>
    /// <returns>One line a key, <c>Key: text</c>, in a fixed order, white space folded; <see langword="null"/> where none is found.</returns>
    public static string? From(string note)
    {
        var end = PhysicalExam().Match(note);
        var before = end.Success ? note.AsSpan(0, end.Index).ToString() : note;
        var headings = Heading().Matches(before);
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < headings.Count; i++)
        {
            var name = headings[i].Groups["name"].Value;
            var start = headings[i].Index + headings[i].Length;
            var stop = i + 1 < headings.Count ? headings[i + 1].Index : before.Length;
            var text = Blank().Replace(before[start..stop], " ").Trim();
            if (text.Length > 0)
                found.TryAdd(name, text);
        }

        var result = new StringBuilder();
        foreach (var key in _keys)
        {
            if (found.TryGetValue(key, out var text))
                result.Append(result.Length > 0 ? "\n" : "").Append(key).Append(": ").Append(text);
        }

        return result.Length > 0 ? result.ToString() : null;
    }

    [GeneratedRegex(@"^[ \t]*Physical Exam", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex PhysicalExam();

    // The standing headings of MIMIC-IV's discharge notes; any other line with a colon is text.
    [GeneratedRegex(@"^[ \t]*(?<name>Name|Unit No|Admission Date|Discharge Date|Date of Birth|Sex|Service|Allergies|Attending|Chief Complaint|Major Surgical or Invasive Procedure|History of Present Illness|Review of Systems|Past Medical History|Past Surgical History|Social History|Family History|Pertinent Results|Brief Hospital Course|Medications on Admission|Discharge Medications|Discharge Disposition|Discharge Diagnosis|Discharge Condition|Discharge Instructions|Followup Instructions)[ \t]*:", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
