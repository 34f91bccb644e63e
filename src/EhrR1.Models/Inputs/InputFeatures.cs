using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The features of the trees: how often each event type, item name, class and flag stands in the input, with age and sex.</summary>
/// <remarks>
/// After EHRSHOT's GBM baseline (Wornow et al., NeurIPS 2023), which counts codes. No measured value enters but through its
/// flag, and no free text but the triage's chief complaint. Stateless.
/// </remarks>
internal static class InputFeatures
{
    // Event type, the fields whose values are counted, and the flag that is counted together with the first of them.
    private static readonly (string Event, string[] Fields, string? Flag)[] _counted =
    [
        ("admissions", ["admission_type", "admission_location"], null),
        ("transfers", ["eventtype", "careunit"], null),
        ("services", ["curr_service"], null),
        ("labevents", ["item_name", "flag"], "flag"),
        ("microbiologyevents", ["test_name", "interpretation", "ab_name"], null),
        ("omr", ["result_name"], null),
        ("pharmacy", ["medication"], null),
        ("poe", ["order_type", "order_subtype"], null),
        ("prescriptions", ["drug", "ATC Type"], null),
        ("emar", ["medication", "event_txt"], null),
        ("procedures_icd", ["procedures", "CCS Type"], null),
        ("diagnoses_icd", ["diagnoses", "CCS Type"], null),
        ("radiology", ["exam_name"], null),
        ("triage", ["acuity", "chiefcomplaint"], null),
        ("medrecon", ["name", "ATC Type"], null),
        ("pyxis", ["name"], null),
        ("vitalsign", ["rhythm"], null),
        ("diagnosis", ["icd_title", "CCS Type"], null),
        ("chartevents", ["item_name", "warning"], "warning"),
        ("ingredientevents", ["item_name"], null),
        ("datetimeevents", ["item_name"], null),
        ("procedureevents", ["item_name"], null),
        ("inputevents", ["item_name"], null),
        ("outputevents", ["item_name"], null),
    ];

    private static readonly (EventField[] Fields, EventField? Flag)[] _byRank = ByRank();

    /// <summary>Counts the features of an input.</summary>
    public static void Count<TSink>(string text, ref TSink sink)
        where TSink : IFeatureSink
    {
        Span<char> buffer = stackalloc char[256];
        foreach (var read in InputReader.Read(text))
        {
            if (read.Type.Rank == 0)
            {
                AddDemographics(read, ref sink);
                continue;
            }

            sink.Add(Name(buffer, read.Type.Name, " events", default, default), 1);
            sink.Add(Name(buffer, read.Type.Name, " items", default, default), read.Count);
            var (fields, flag) = _byRank[read.Type.Rank];
            for (var item = 0; item < read.Count; item++)
            {
                foreach (var field in fields)
                    AddCell(buffer, read, item, field, ref sink);
                if (flag is not null && read[item, flag] is { IsEmpty: false } flagged && read[item, fields[0]] is { IsEmpty: false } name)
                    sink.Add(Name(buffer, read.Type.Name, "*=", name, flagged), 1);
            }
        }
    }

    private static void AddCell<TSink>(Span<char> buffer, InputEvent read, int item, EventField field, ref TSink sink)
        where TSink : IFeatureSink
    {
        var cell = read[item, field];
        if (cell.IsEmpty)
            return;
        if (field.Name == "chiefcomplaint")
        {
            foreach (var part in cell.Split(','))
            {
                if (cell[part].Trim() is { IsEmpty: false } complaint)
                    sink.Add(Name(buffer, field.Name, "=", complaint, default), 1);
            }
        }
        else
        {
            sink.Add(Name(buffer, read.Type.Name, field.Name == "flag" ? ".flag=" : "=", cell, default), 1);
        }
    }

    private static void AddDemographics<TSink>(InputEvent read, ref TSink sink)
        where TSink : IFeatureSink
    {
        if (read.Count == 0)
            return;
        if (int.TryParse(read[0, read.Type["anchor_age"]], NumberStyles.Integer, CultureInfo.InvariantCulture, out var age))
            sink.Add("age", age);
        if (read[0, read.Type["gender"]] is "F")
            sink.Add("sex=F", 1);
    }

    /// <summary>Joins the parts of a name; what does not fit is cut off, and line breaks become blanks so that a name is one line.</summary>
    private static ReadOnlySpan<char> Name(Span<char> buffer, string first, string second, ReadOnlySpan<char> value, ReadOnlySpan<char> flag)
    {
        var length = 0;
        Append(buffer, first, ref length);
        Append(buffer, second, ref length);
        Append(buffer, value, ref length);
        if (!flag.IsEmpty)
        {
            Append(buffer, " / ", ref length);
            Append(buffer, flag, ref length);
        }

        return buffer[..length];
    }

    private static void Append(Span<char> buffer, ReadOnlySpan<char> text, ref int length)
    {
        foreach (var c in text[..Math.Min(text.Length, buffer.Length - length)])
            buffer[length++] = c is '\n' or '\r' ? ' ' : char.ToLowerInvariant(c);
    }

    private static (EventField[] Fields, EventField? Flag)[] ByRank()
    {
        var byRank = new (EventField[], EventField?)[EventCatalog.Types.Count];
        Array.Fill(byRank, ([], null));
        foreach (var (name, fields, flag) in _counted)
        {
            var type = EventCatalog.Get(name);
            byRank[type.Rank] = ([.. fields.Select(f => type[f])], flag is null ? null : type[flag]);
        }

        return byRank;
    }
}
