using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The points in which the strict profile departs from the published definitions.</summary>
internal static class StrictPoints
{
    private const int PublishedCap = 1200;
    private static readonly EventType _admissions = EventCatalog.Get("admissions");
    private static readonly string[] _deaths = ["Inpatient_Mortality", "ED_Inpatient_Mortality", "ED_Critical_Outcomes"];
    private static readonly string[] _icuDeaths = [.. TaskCatalog.Tasks.Select(t => t.Name).Where(n => n.StartsWith("ICU_Mortality", StringComparison.Ordinal))];
    private static readonly string[] _emergency = [.. TaskCatalog.Tasks.Where(t => t is { Kind: TaskKind.Risk, AnchorEvent: "edstays" }).Select(t => t.Name)];
    private static readonly string[] _firstDay = [.. TaskCatalog.Tasks.Where(t => t is { Kind: TaskKind.Risk, AnchorEvent: "admissions" or "icustays" }).Select(t => t.Name)];
    private static readonly string[] _readmission = [.. TaskCatalog.Tasks.Where(t => t is { Kind: TaskKind.Risk, AnchorEvent: "discharge" }).Select(t => t.Name)];

    public static IReadOnlyList<DepartureDefinition> All { get; } =
    [
        new("visible-from", "strict",
            "An item may be read only once it is known: results from their storetime, the discharge note and coded procedures from the discharge.",
            "As published, the time of taking a specimen counts as the time of knowing its result, and the note stands at 00:00 of the last day.",
            ["samples that show a laboratory result before it was known", "a microbiology result", "a radiology report", "the stay's own discharge note", "a coded procedure", "risk samples among all of these"],
            (pair, tally) =>
            {
                ContextHolds[] kinds = [ContextHolds.LaterLaboratory, ContextHolds.LaterMicrobiology, ContextHolds.LaterRadiology, ContextHolds.LaterDischargeNote, ContextHolds.LaterProcedure];
                for (var i = 0; i < kinds.Length; i++)
                    tally.Add(i, pair.Published, c => c.Holds.HasFlag(kinds[i]));
                tally.Add(kinds.Length, pair.OfKind(TaskKind.Risk), c => kinds.Any(k => c.Holds.HasFlag(k)));
            }),
        new("totals", "strict",
            "Totals and durations of what still runs (amounts given, a procedure's length) are hidden until its end.",
            "The amount of an infusion and the hours of ventilation tell how long the patient will go on needing them.",
            ["samples that show a total before its end"],
            (pair, tally) => tally.Add(0, pair.Published, c => c.Holds.HasFlag(ContextHolds.UnfinishedTotal))),
        new("final-status", "strict",
            "pharmacy.status is never shown.",
            "It is the order's final status, written when the order ended.",
            ["samples that show it"],
            (pair, tally) => tally.Add(0, pair.Published, c => c.Holds.HasFlag(ContextHolds.FinalStatus))),
        new("ended-stays", "strict",
            "A stay that has ended by the prediction time, 24 h after it began, gives no sample.",
            "Nobody asks for the prognosis of a patient who has left; the context held the discharge.",
            ["samples of admissions and ICU stays that are dropped"],
            (pair, tally) => tally.Add(0, pair.Of(_firstDay), pair.IsDropped)),
        new("this-stay-only", "strict",
            "A context holds events of its own stay alone, counted in hours, however many lie between.",
            "As published everything between the first and the last event of the stay is shown, other stays' too.",
            ["samples whose context holds another stay's events"],
            (pair, tally) => tally.Add(0, pair.Published, c => c.Holds.HasFlag(ContextHolds.OtherStay))),
        new("one-time-events", "strict",
            "Rows of one event have one time.",
            "A published event runs on until another table interrupts it, across hours and across the moment of prediction; its answer holds what was done hours later.",
            ["published events that last longer than an hour", "longer than a day", "events in strict beyond the published", "decision samples whose answer changes", "strict decision samples without a published counterpart"],
            (pair, tally) =>
            {
                var events = pair.Chart.Events;
                tally.Add(0, events.Count(e => e.End - e.Start > TimeSpan.FromHours(1)), events.Count);
                tally.Add(1, events.Count(e => e.End - e.Start > TimeSpan.FromDays(1)), events.Count);
                tally.Add(2, pair.StrictTimeline.Count - events.Count);
                tally.Add(3, pair.OfKind(TaskKind.Decision), pair.LabelsChange);
                var published = pair.Published.Select(c => c.Row.Id).ToHashSet(StringComparer.Ordinal);
                var decisions = pair.Strict.Values.Where(r => r.Definition.Kind == TaskKind.Decision).ToList();
                tally.Add(4, decisions.Count(r => !published.Contains(r.Id)), decisions.Count);
            }),
        new("ed-records-only", "strict",
            "ED risk tasks show the ED's own records alone.",
            "What is filed under the coming admission (ward transfer, services, orders, ICU stay) gives it away.",
            ["ED risk samples whose context holds other records", "ED_Hospitalization samples answered yes that show a ward transfer, a service, an order or an ICU stay", "the same among those answered no"],
            (pair, tally) =>
            {
                tally.Add(0, pair.Of(_emergency), c => c.Holds.HasFlag(ContextHolds.OutsideEmergency));
                tally.Add(1, pair.Of("ED_Hospitalization").Where(c => c.Row.Labels[0] == "yes"), c => c.Holds.HasFlag(ContextHolds.ComingAdmission));
                tally.Add(2, pair.Of("ED_Hospitalization").Where(c => c.Row.Labels[0] == "no"), c => c.Holds.HasFlag(ContextHolds.ComingAdmission));
            }),
        new("ed-hospitalization", "strict",
            "ED_Hospitalization is whether the ED stay names a hospital stay.",
            "As published the admission must stand later in the chart, which it does not always.",
            ["samples whose answer changes"],
            (pair, tally) => tally.Add(0, pair.Of("ED_Hospitalization"), pair.LabelsChange)),
        new("death-in-hospital", "strict",
            "Death in hospital is the hospital's own record (hospital_expire_flag, deathtime, ED disposition EXPIRED).",
            "A date of death at midnight that is not after the discharge also fits who died at home that day, and misses who died after midnight of the last event.",
            [.. _deaths.Select(t => $"{t} samples whose answer changes")],
            (pair, tally) =>
            {
                for (var i = 0; i < _deaths.Length; i++)
                    tally.Add(i, pair.Of(_deaths[i]), pair.LabelsChange);
            }),
        new("icu-mortality", "strict",
            "ICU mortality counts from the prediction time to the time of death, or else to the end of the day of death.",
            "As published it counts from the last event shown to 00:00 of the day of death, so that a death may lie before the question.",
            ["ICU mortality samples whose answer changes"],
            (pair, tally) => tally.Add(0, pair.Of(_icuDeaths), pair.LabelsChange)),
        new("readmission", "strict",
            "Readmission is the first admission after the discharge; stays that ended in death and same-day transfers are left out.",
            "The dead do not come back, and a transfer is no new admission; as published both are counted.",
            ["samples left out", "samples whose answer changes"],
            (pair, tally) =>
            {
                tally.Add(0, pair.Of(_readmission), pair.IsDropped);
                tally.Add(1, pair.Of(_readmission), pair.LabelsChange);
            }),
        new("no-cap", "strict",
            "Patients with more than 1,200 events are kept.",
            "The published limit silently drops the sickest.",
            ["patients over the limit", "their admissions", "their samples"],
            (pair, tally) =>
            {
                var over = pair.Chart.Events.Count > PublishedCap;
                var admissions = pair.PublishedTimeline.EventsOf(_admissions).Count;
                tally.Add(0, over ? 1 : 0, 1);
                tally.Add(1, over ? admissions : 0, admissions);
                tally.Add(2, over ? pair.Published.Count : 0, pair.Published.Count);
            }),
        new("echo", "strict",
            "An answer that another event type named within the last hour is kept and flagged, and scores are given with and without.",
            "To repeat the order that was just written is no decision.",
            ["strict decision samples flagged"],
            (pair, tally) =>
            {
                foreach (var row in pair.Strict.Values)
                {
                    if (row.Definition.Kind == TaskKind.Decision)
                        tally.Add(0, row.Echo ? 1 : 0, 1);
                }
            }),
        new("age-at-event", "strict",
            "The age shown is that at the event.",
            "anchor_age is the age in another year, up to decades away.",
            ["samples whose age changes"],
            (pair, tally) =>
            {
                var year = pair.Chart.Demographics[0].Integer("anchor_year");
                tally.Add(0, pair.Published, c => year is { } anchor && c.Row.AnchorTime.Year != anchor);
            }),
        new("missing-fields", "strict",
            "Missing fields are left out.",
            "Published texts spell each one out as nan or None.",
            ["fields that are missing"],
            (pair, tally) =>
            {
                foreach (var e in pair.Chart.Events)
                {
                    foreach (var field in e.Type.Fields)
                        tally.Add(0, e.Count(item => item.IsMissing(field)), e.Count);
                }
            }),
        new("no-gaps", "strict",
            "An absent discharge note or admission leaves no empty place.",
            "Published inputs keep the place, so that blank lines add up.",
            ["samples with an empty place"],
            (pair, tally) => tally.Add(0, pair.Published, c => c.Row.LastDischargeNote is null || c.Row.AdmissionTime is null)),
    ];
}
