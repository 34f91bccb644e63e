using System.Globalization;
using System.Text;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>Notes of about 1,000 words in the form of discharge summaries, half plain words, half names. The same ones every time.</summary>
internal static class GeneratedNotes
{
    private const int Width = 75;

    private static readonly string[] _openings = ["The patient presented with", "He was found to have", "She denies", "Imaging showed", "There was no evidence of", "The team was concerned about", "On the second day he developed", "Her course was complicated by", "He has a long history of", "Cultures grew nothing and there was no", "She was treated for", "The family reports"];
    private static readonly string[] _plain = ["which improved after two days of treatment on the ward", "and was monitored closely by the nursing staff overnight", "with stable vital signs and good urine output", "so the consulting service recommended watchful waiting", "as discussed with the outpatient provider by telephone", "after which she was able to walk with assistance", "and the dose was reduced before discharge home", "though he remained comfortable on room air throughout", "with follow up arranged in the clinic next week", "and laboratory values returned to baseline"];
    private static readonly string[] _headings = ["Chief Complaint:", "History of Present Illness:", "Past Medical History:", "Social History:", "Family History:", "Physical Exam:", "Pertinent Results:", "Brief Hospital Course:", "Discharge Medications:", "Discharge Diagnosis:"];

    /// <summary>So many notes that speak of the names.</summary>
    public static List<string> Many(int count, IReadOnlyList<string> names)
    {
        var random = new Random(20260102);
        // Real notes speak of few things often and of many things once.
        return [.. Enumerable.Range(0, count).Select(_ => One(random, names))];
    }

    private static string One(Random random, IReadOnlyList<string> names)
    {
        var note = new StringBuilder();
        int words = 0;
        for (int part = 0; words < 1000; part++)
        {
            note.Append(_headings[part % _headings.Length]).Append('\n');
            var paragraph = new StringBuilder();
            for (int i = 0; i < 5; i++)
            {
                paragraph.Append(_openings[random.Next(_openings.Length)]).Append(' ').Append(Name(random, names));
                if (random.Next(2) == 0)
                    paragraph.Append(", ").Append(Name(random, names)).Append(" and ").Append(Name(random, names));
                paragraph.Append(' ').Append(_plain[random.Next(_plain.Length)]);
                paragraph.Append(CultureInfo.InvariantCulture, $" ({random.Next(20, 180)}/{random.Next(20, 100)}). ");
            }

            var text = paragraph.ToString();
            words += text.Count(c => c == ' ');
            Wrap(note, text);
            note.Append('\n');
        }

        return note.ToString();
    }

    private static string Name(Random random, IReadOnlyList<string> names)
    {
        double skewed = Math.Pow(random.NextDouble(), 3);
        var name = names[(int)(skewed * names.Count)];
        return random.Next(5) == 0 ? GeneratedNames.Edited(random, name) : name;
    }

    private static void Wrap(StringBuilder note, string text)
    {
        int column = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column + word.Length > Width)
            {
                note.Append('\n');
                column = 0;
            }

            note.Append(word).Append(' ');
            column += word.Length + 1;
        }

        note.Append('\n');
    }
}
