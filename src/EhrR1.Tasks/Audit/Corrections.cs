using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The corrections that hold in both profiles: where the release's text or order depended on chance, on other patients or on a slip.</summary>
internal static class Corrections
{
    private static readonly string[] _pandasMissing = ["NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "None", "<NA>", "#N/A", "-nan", "-NaN", "#NA", "1.#IND", "1.#QNAN"];
    private static readonly EventType _discharge = EventCatalog.Get("discharge");
    private static readonly EventType _admissions = EventCatalog.Get("admissions");

    public static IReadOnlyList<DepartureDefinition> All { get; } =
    [
        new("untimed-rows", "both",
            "A row without a time is placed by its table's date column, or else left out of the chart.",
            "The release puts such a row at the very start and again at the end of the chart, four copies in all: results stand before their patient came.",
            ["microbiology rows at 00:00: placed by their date, or taken at midnight"],
            (pair, tally) =>
            {
                foreach (var e in pair.Chart.Events.Where(e => e.Type.Name == "microbiologyevents"))
                    tally.Add(0, e.Count(item => item.Time?.TimeOfDay == TimeSpan.Zero), e.Count);
            }),
        new("stays-in-one-event", "both",
            "A change of the hospital, ED or ICU stay starts a new event.",
            "The release joins consecutive rows of one table whatever stay they belong to, so that one event, and one answer, spans two stays.",
            ["events as published that span two stays", "more events than as published"],
            (pair, tally) =>
            {
                var (spans, more) = EventsAcrossStays(pair.Chart);
                tally.Add(0, spans, pair.Chart.Events.Count - more);
                tally.Add(1, more, pair.Chart.Events.Count);
            }),
        new("label-order", "both",
            "The labels of an answer stand in first-seen order.",
            "The release's order is that of a Python set: another at each run.",
            ["decision samples with more than one label"],
            (pair, tally) => tally.Add(0, pair.OfKind(TaskKind.Decision), c => c.Row.Labels.Count > 1)),
        new("text-stays-text", "both",
            "Whether a field is text or number is fixed; only the empty cell is missing.",
            "The release lets pandas guess per block of the file: 0389 becomes 389, N/A becomes missing, and a patient's text depends on other patients.",
            ["text values that a guess would change (leading zeros, words for missing)"],
            (pair, tally) => CountGuessable(pair.Chart, tally)),
        new("own-codes", "both",
            "The diagnoses and billing groups of the anchor's own stay are no context.",
            "They are coded after discharge and name the answer. The release shows them where they happen to stand in the window.",
            ["samples whose window holds them"],
            (pair, tally) => tally.Add(0, pair.Published, c => c.Holds.HasFlag(ContextHolds.OwnCodes))),
        new("diagnoses-in-their-stay", "both",
            "Diagnoses stand a minute before the discharge of their stay.",
            "The release leaves them without a time, behind all later stays, and asks for them there.",
            ["diagnoses samples of a stay that is not the patient's last"],
            (pair, tally) => tally.Add(0, pair.Of("diagnoses_icd", "diagnoses_ccs"), c => HasLaterAdmission(pair.PublishedTimeline, c.Anchor))),
        new("empty-places", "both",
            "Event types that are never shown leave no empty place in the input.",
            "The release joins an empty text for each, so that blank lines count billing rows.",
            ["samples whose window holds such events"],
            (pair, tally) => tally.Add(0, pair.Published, c => c.Holds.HasFlag(ContextHolds.NeverShownType))),
        new("ed-admission", "both",
            "Samples anchored in the emergency department do not show the stay's admission.",
            "The release puts it in front where it stands before the anchor, and so tells who is admitted.",
            ["samples anchored in the ED after their stay's admission"],
            (pair, tally) => tally.Add(0, pair.Published.Where(c => c.Anchor.Type.Module == EventModule.Ed), c => FollowsAdmission(pair.PublishedTimeline, c.Anchor))),
        new("last-discharge-note", "both",
            "The last discharge note is the latest one of another stay.",
            "The release looks at the very latest alone, and shows none where that is of the same stay.",
            ["samples that gain a note"],
            (pair, tally) => tally.Add(0, pair.Published, c => c.Row.LastDischargeNote is not null && LatestNoteIsOwn(pair.PublishedTimeline, c.Anchor))),
    ];

    private static (long Spans, long More) EventsAcrossStays(PatientChart chart)
    {
        var (spans, more) = (0L, 0L);
        var spanning = false;
        for (var i = 1; i < chart.Events.Count; i++)
        {
            var joined = chart.Events[i].Type == chart.Events[i - 1].Type;
            more += joined ? 1 : 0;
            spans += joined && !spanning ? 1 : 0;
            spanning = joined;
        }

        return (spans, more);
    }

    private static void CountGuessable(PatientChart chart, DepartureTally tally)
    {
        foreach (var e in chart.Events)
        {
            foreach (var field in e.Type.Fields)
            {
                if (field.Kind != FieldKind.Text || field.IsDerived)
                    continue;
                foreach (var item in e)
                {
                    if (item.Text(field) is { } text)
                        tally.Add(0, WouldBeGuessed(text) ? 1 : 0, 1);
                }
            }
        }
    }

    private static bool WouldBeGuessed(string text)
        => (text.Length > 1 && text[0] == '0' && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)) || _pandasMissing.Contains(text, StringComparer.Ordinal);

    private static bool HasLaterAdmission(ChartTimeline timeline, TaskAnchor anchor) => timeline.FirstAfter(_admissions, anchor.Position) is not null;

    private static bool FollowsAdmission(ChartTimeline timeline, TaskAnchor anchor)
        => timeline.AdmissionOf(anchor.HadmId) is var admission && admission >= 0 && admission < anchor.Position;

    private static bool LatestNoteIsOwn(ChartTimeline timeline, TaskAnchor anchor)
    {
        var notes = timeline.EventsOf(_discharge);
        var latest = ChartTimeline.LowerBound(notes, anchor.Position) - 1;
        return latest >= 0 && timeline[notes[latest]].HadmId == anchor.HadmId;
    }
}
