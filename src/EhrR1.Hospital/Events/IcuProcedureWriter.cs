namespace EhrR1.Hospital;

/// <summary>Writes lines, machines and examinations in the ICU, procedureevents, and the dates that nurses chart about them, datetimeevents.</summary>
internal sealed class IcuProcedureWriter(IcuScope scope)
{
    private static readonly string[] Sites = ["Left Antecubital", "Right Antecubital", "Right IJ", "Left Radial", "Right Radial", "Left Lower Arm", "Right Femoral."];
    private readonly Rng rng = scope.Fork(140);
    private readonly EncounterRecord record = scope.Record;

    public void Write()
    {
        foreach (var item in record.Content.IcuItems)
        {
            if (item.LinksTo == "procedureevents")
                Do(item);
            else if (item.LinksTo == "datetimeevents")
                Date(item);
        }
    }

    private void Do(IcuItem item)
    {
        var l = record.Latent;
        var label = item.Label;
        var logit = label switch
        {
            "Extubation" => 0.6,
            "Intubation" => -0.4,
            "Non-invasive Ventilation" => -2.5 + (0.5 * l.Severity),
            "Hemodialysis" => -3.2,
            "Chest X-Ray" => 1.0 + (0.4 * l.Support),
            "EKG" => 0.2 + (0.3 * l.Severity),
            "CT scan" => -1.1 + (0.3 * l.Severity),
            "Transthoracic Echo" => -1.3 + (0.4 * l.Severity),
            _ when item.Needs != IcuDevices.None => item.Needs is IcuDevices.OtherLine or IcuDevices.ChestTube ? -0.8 : 2,
            _ when label.Contains("Culture", StringComparison.Ordinal) => -1.4 + (0.4 * l.Severity),
            _ => -3.3 + (0.3 * l.Support),
        };
        if (!scope.Has(item.Needs) || !rng.Chance(OutcomeModel.Logistic(logit)))
            return;
        var count = label is "Chest X-Ray" or "EKG" ? 1 + rng.Poisson(0.25 * scope.Hours / 24 * Math.Exp(0.3 * l.Support)) : 1 + (rng.Chance(0.2) ? 1 : 0);
        for (var i = 0; i < count; i++)
        {
            var brief = item.Unit is "None" or "" || label is "Chest X-Ray" or "EKG" or "Extubation" or "Intubation";
            var start = scope.OnGrid(label == "Extubation" ? scope.Hours * rng.Uniform(0.3, 0.95) : i == 0 ? rng.Chance(0.6) ? 0 : rng.Uniform(0, Math.Min(6, scope.Hours)) : rng.Uniform(0, scope.Hours), Clock.Hour);
            var stop = brief ? start + Clock.Minute : Math.Min(scope.Stay.Out, start + Clock.Hours(rng.LogNormal(30, 0.7) * Math.Exp(0.4 * l.Support)));
            stop = Math.Max(stop, start + Clock.Minute);
            var line = item.Category.Contains("Access", StringComparison.OrdinalIgnoreCase) || item.Category.Contains("Line", StringComparison.OrdinalIgnoreCase);
            var minutes = (stop - start) / 60.0;
            var id = record.Patient.Ids.NextOrder();
            scope.Row(Table.ProcedureEvents, rng).Time(start).Time(stop).Time(stop + rng.Below(1500)).Int(item.ItemId).Number(brief ? 1 : minutes, 0).Text(brief ? "None" : "min")
                .Text(line ? rng.Pick(Sites) : null).Text(line ? (label.Contains("Gauge", StringComparison.Ordinal) ? "Peripheral" : "Invasive Venous") : null).Int(id).Int(id)
                .Text(line ? (label.Contains("Gauge", StringComparison.Ordinal) ? "Peripheral Lines" : "Invasive Lines") : label.Contains("Ventilation", StringComparison.OrdinalIgnoreCase) ? "Ventilation" : brief ? "Procedures" : "Continuous Procedures")
                .Text(brief ? "Task" : "ContinuousProcess").Number(record.Patient.WeightKg, 1).Int(brief ? 0 : 1).Int(0).Text("FinishedRunning").Number(brief ? 1 : minutes, 0).Int(brief ? 0 : 1).End();
        }
    }

    private void Date(IcuItem item)
    {
        var every = item.EveryHours > 0 ? item.EveryHours : 12;
        var device = item.Label.Contains("Line", StringComparison.Ordinal) || item.Label.Contains("Gauge", StringComparison.Ordinal) || item.Label.Contains("Lumen", StringComparison.Ordinal) || item.Label.Contains("Catheter", StringComparison.Ordinal);
        if (!scope.Has(item.Needs) || !rng.Chance(item.Needs is IcuDevices.OtherLine ? 0.3 : 0.8))
            return;
        for (var hour = rng.Uniform(0.5, 6); hour < scope.Hours; hour += every * rng.Uniform(0.8, 1.4) * (hour > 96 ? 2 : 1))
        {
            var time = scope.OnGrid(hour, 4 * Clock.Hour);
            var value = device ? Clock.StartOfDay(scope.Stay.In) : time - Clock.Hours(rng.Uniform(0, 20));
            scope.Row(Table.DateTimeEvents, rng).Time(time).Time(time + rng.Below(2400)).Int(item.ItemId).Time(value).Text(device ? "Date" : "Date and Time").Int(0).End();
        }
    }
}
