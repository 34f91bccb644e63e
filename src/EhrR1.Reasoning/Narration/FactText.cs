using System.Globalization;
using System.Text;
using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>Quotes facts of the record: the term with what its item says of it, each exactly as the input has it.</summary>
internal static class FactText
{
    /// <summary>Quotes a fact.</summary>
    public static ToldFact Of(GraphFact fact, RecordEvent source)
    {
        var row = fact.Kind == TermKind.Note ? new Dictionary<string, string>() : source.RowOf(fact.Term);
        var text = new StringBuilder();
        text.Append(fact.Kind switch
        {
            TermKind.DrugClass => "the class ",
            TermKind.DiagnosisCategory or TermKind.ProcedureCategory => "the category ",
            _ => "",
        });
        text.Append(Quoted(source.Spelling(fact.Text, fact.Kind == TermKind.Note) ?? fact.Text));
        var level = RangeLevel.Unknown;
        switch (source.Type.Name)
        {
            case "labevents":
                Append(text, " ", row, "valuenum", "valueuom");
                level = AppendRange(text, row);
                break;
            case "chartevents":
                Append(text, " ", row, "valuenum", "valueuom");
                break;
            case "outputevents":
                Append(text, " ", row, "value", "valueuom");
                break;
            // Without a unit it only counts that the procedure took place.
            case "procedureevents" when row.ContainsKey("valueuom"):
                Append(text, " ", row, "value", "valueuom");
                break;
            case "omr":
                Append(text, " ", row, "result_value", null);
                break;
            case "inputevents" or "ingredientevents":
                Append(text, " ", row, "amount", "amountuom");
                Append(text, " at ", row, "rate", "rateuom");
                break;
            case "prescriptions" when fact.Kind == TermKind.Drug:
                Append(text, " at a dose of ", row, "dose_val_rx", "dose_unit_rx");
                break;
            case "emar" when row.TryGetValue("event_txt", out var what) && what.Length < 40:
                text.Append(" marked ").Append(Quoted(what));
                break;
            case "microbiologyevents" when row.TryGetValue("interpretation", out var reading):
                text.Append(" read as ").Append(Quoted(reading));
                break;
        }

        string? member = null;
        if (fact.Kind is TermKind.DrugClass or TermKind.DiagnosisCategory or TermKind.ProcedureCategory)
            member = MemberOf(row) is { } own && own != fact.Term ? Quoted(own) : null;
        // What a name of the record stands for, where it does not say so itself.
        else if (!ConceptText.IsLike(fact.Text, fact.Name) && !ConceptText.HasNumber(fact.Name) && !fact.Name.Contains(',', StringComparison.Ordinal))
            text.Append(" (").Append(ConceptText.Within(fact.Name)).Append(')');
        return new ToldFact(fact, source, text.ToString(), level) { Member = member };
    }

    /// <summary>Whether the record says that the patient did not get a drug, or gets it no longer: it shows no treatment then.</summary>
    public static bool IsWithheld(GraphFact fact, RecordEvent source) =>
        source.Type.Name == "emar" && source.RowOf(fact.Term).TryGetValue("event_txt", out var what) && NarrationWords.BuiltIn.Withheld.Contains(what, StringComparer.OrdinalIgnoreCase);

    /// <summary>A text of the record in quotes that do not stand in it.</summary>
    public static string Quoted(string text) => text.Contains('"', StringComparison.Ordinal) ? $"“{text}”" : $"\"{text}\"";

    private static void Append(StringBuilder to, string lead, IReadOnlyDictionary<string, string> row, string value, string? unit)
    {
        if (!row.TryGetValue(value, out var number))
            return;
        to.Append(lead).Append(number);
        if (unit is not null && row.TryGetValue(unit, out var of))
            to.Append(' ').Append(of);
    }

    private static RangeLevel AppendRange(StringBuilder to, IReadOnlyDictionary<string, string> row)
    {
        var level = RangeLevel.Unknown;
        bool hasRange = row.TryGetValue("ref_range_lower", out var lower) & row.TryGetValue("ref_range_upper", out var upper);
        if (hasRange && row.TryGetValue("valuenum", out var value) && Number(value) is { } v && Number(lower!) is { } low && Number(upper!) is { } high)
        {
            level = v < low ? RangeLevel.Below : v > high ? RangeLevel.Above : RangeLevel.Within;
            to.Append(level switch { RangeLevel.Below => " (below", RangeLevel.Above => " (above", _ => " (within" }).Append(" the reference range of ").Append(lower).Append(" to ").Append(upper).Append(')');
        }
        else if (row.TryGetValue("flag", out var flag))
        {
            to.Append(" (flagged ").Append(Quoted(flag)).Append(')');
        }

        return level;
    }

    private static string? MemberOf(IReadOnlyDictionary<string, string> row)
    {
        foreach (var field in (ReadOnlySpan<string>)["drug", "name", "diagnoses", "icd_title", "procedures"])
        {
            if (row.TryGetValue(field, out var member))
                return member;
        }

        return null;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
