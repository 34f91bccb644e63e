using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>The terms of structured events: the values of the fields that decision tasks ask for, with the codes beside them.</summary>
/// <remarks>
/// All decision tasks count, the extra ones too; free text and the name of the event itself do not. Values are those of the
/// tasks' labels: trimmed, never empty, and of a task with several fields the first that has a value. Safe for any number of threads.
/// </remarks>
public static class EventTerms
{
    private static readonly EventField[][][] _fields = [.. EventCatalog.Types.Select(FieldsOf)];

    /// <summary>The fields of an event type whose values are terms, in the order of their tasks.</summary>
    public static IReadOnlyList<EventField> Fields(EventType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return [.. _fields[type.Rank].SelectMany(f => f).Distinct()];
    }

    /// <summary>The terms of one item, in the order of their tasks, each with its field.</summary>
    public static IEnumerable<(EventField Field, ChartTerm Term)> Terms(EventItem item)
    {
        foreach (var fields in _fields[item.Type.Rank])
        {
            foreach (var field in fields)
            {
                if (item.Text(field) is not { } text)
                    continue;
                bool any = false;
                foreach (var value in field.Kind == FieldKind.Labels ? JsonSerializer.Deserialize<string[]>(text)! : [text])
                {
                    if (value.Trim() is not { Length: > 0 } label)
                        continue;
                    any = true;
                    yield return (field, new ChartTerm(KindOf(item.Type, field), label, EventCodes.Of(item, field)));
                }

                if (any)
                    break;
            }
        }
    }

    /// <summary>The different terms of an event, in first-seen order, each with its field.</summary>
    public static IReadOnlyList<(EventField Field, ChartTerm Term)> Terms(ClinicalEvent source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (_fields[source.Type.Rank].Length == 0)
            return [];
        var terms = new List<(EventField, ChartTerm)>(source.Count);
        var seen = new HashSet<(EventField, ChartTerm)>();
        for (int i = 0; i < source.Count; i++)
        {
            foreach (var term in Terms(source[i]))
            {
                if (seen.Add(term))
                    terms.Add(term);
            }
        }

        return terms;
    }

    /// <summary>What the values of a field name.</summary>
    /// <exception cref="ArgumentException">The field holds no terms.</exception>
    public static TermKind KindOf(EventType type, EventField field)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(field);
        return (type.Name, field.Name) switch
        {
            (_, "ATC Type") => TermKind.DrugClass,
            ("diagnoses_icd" or "diagnosis", "CCS Type") => TermKind.DiagnosisCategory,
            ("procedures_icd", "CCS Type") => TermKind.ProcedureCategory,
            ("diagnoses_icd" or "diagnosis", _) => TermKind.Diagnosis,
            ("procedures_icd", _) => TermKind.Procedure,
            ("prescriptions" or "emar" or "medrecon" or "pyxis" or "inputevents" or "ingredientevents", _) => TermKind.Drug,
            ("labevents", _) => TermKind.Laboratory,
            ("microbiologyevents", _) => TermKind.Microbiology,
            ("radiology", _) => TermKind.Imaging,
            ("chartevents" or "omr" or "outputevents", _) => TermKind.Observation,
            ("procedureevents" or "datetimeevents", _) => TermKind.IntensiveCare,
            ("admissions" or "transfers" or "services", _) => TermKind.Care,
            ("poe", _) => TermKind.Order,
            _ => throw new ArgumentException($"The field {field.Name} of {type.Name} holds no terms.", nameof(field)),
        };
    }

    private static EventField[][] FieldsOf(EventType type) => [.. TaskCatalog.Tasks
        .Where(t => t.AnchorEvent == type.Name && !t.IsFreeText && t.TargetFields.Count > 0)
        .Select(t => t.TargetFields.Select(f => type[f]).ToArray())];
}
