namespace EhrR1.Hospital;

/// <summary>Writes the ICU's flowsheet, chartevents and outputevents: each item at its own rhythm on the nurses' clock, denser in the first two days.</summary>
internal sealed class FlowsheetWriter(IcuScope scope)
{
    private readonly Rng rng = scope.Fork(120);
    private readonly EncounterRecord record = scope.Record;

    public void Write()
    {
        foreach (var item in record.Content.IcuItems)
        {
            if (item.LinksTo == "chartevents")
                Chart(item);
            else if (item.LinksTo == "outputevents")
                Output(item);
        }
    }

    private void Chart(IcuItem item)
    {
        var every = item.EveryHours > 0 ? item.EveryHours : 12;
        if (!scope.Has(item.Needs) || !rng.Chance(every <= 4 ? 0.96 : every <= 24 ? 0.85 : 0.6))
            return;
        if (every >= 500)
        {
            WriteChart(item, scope.Stay.In + rng.Below(7200));
            return;
        }
        // The unsteady are charted more often.
        var step = Math.Max(1, 1.4 * every * Math.Exp((-0.08 * record.Latent.Severity) - (0.2 * record.Latent.Brittle)));
        var first = scope.Stay.In - (scope.Stay.In % Clock.Hour) + Clock.Hour;
        var offset = every > 1.5 ? rng.Uniform(0, Math.Min(every, 6)) : 0;
        for (var hour = offset; hour < scope.Hours; hour += step)
        {
            if (hour > 48 && hour < 48 + step)
                step *= 1.7;
            if (hour > 168 && hour < 168 + step)
                step *= 2;
            var time = first + ((long)hour * Clock.Hour);
            if (rng.Chance(0.006))
                time += rng.Below(59) * Clock.Minute;
            if (time < scope.Stay.Out && !rng.Chance(0.06))
                WriteChart(item, time);
        }
    }

    private void WriteChart(IcuItem item, long time)
    {
        var row = scope.Row(Table.ChartEvents, rng).Time(time).Time(time + (rng.Below(70) * Clock.Minute)).Int(item.ItemId);
        if (item.Texts.Count > 0)
        {
            var text = item.Texts.Draw(rng);
            row.Text(text).Number(double.TryParse(text, out var number) ? number : null, 0).Text(Blank(item.Unit)).Int(0).End();
            return;
        }
        var value = Value(item, time);
        var warning = value < item.Low || value > item.High ? rng.Chance(0.5) ? 1 : 0 : 0;
        row.Number(value, item.Decimals).Number(value, item.Decimals).Text(Blank(item.Unit)).Int(warning).End();
    }

    private double Value(IcuItem item, long time)
    {
        if (item.Vital.Length > 0)
            return Vital(item, time);
        var hour = record.HourOf(time);
        if (item.Lab.Length > 0 && record.Content.LabByLabel.TryGetValue(item.Lab, out var lab) && lab.IsNumeric)
            return record.Body.Lab(lab, hour);
        return Math.Clamp(rng.Normal(item.Mean, item.Sd), Math.Max(item.Min, item.Mean > 0 ? 0 : item.Min), item.Max);
    }

    private double Vital(IcuItem item, long time)
    {
        var hour = record.HourOf(time);
        if (item.Vital is "map" or "mbp")
            return (record.Body.Vital(4, hour) + (2 * record.Body.Vital(5, hour))) / 3;
        var at = VitalSign.IndexOf(item.Vital);
        if (at < 0)
            return rng.Normal(item.Mean, item.Sd);
        var value = record.Body.Vital(at, hour);
        return at == 0 && item.Mean < 60 ? (value - 32) / 1.8 : value;
    }

    private void Output(IcuItem item)
    {
        var urine = item.Label.Contains("Foley", StringComparison.OrdinalIgnoreCase) || item.Label.Contains("Void", StringComparison.OrdinalIgnoreCase);
        var chance = item.Needs != IcuDevices.None ? 0.85 : urine ? scope.Has(IcuDevices.Foley) ? 0.25 : 0.9 : OutcomeModel.Logistic(-3.6 + (0.6 * record.Latent.Support));
        if (!scope.Has(item.Needs) || !rng.Chance(chance))
            return;
        var every = urine ? 2.0 : 6.0;
        for (var hour = rng.Uniform(0.3, 3); hour < scope.Hours; hour += Math.Max(0.5, every * rng.Uniform(0.6, 1.6)) * (hour > 72 ? 2.2 : 1))
        {
            var time = scope.OnGrid(hour, Clock.Hour);
            var volume = urine ? Math.Max(0, rng.Normal(95, 55)) * Math.Exp(-0.2 * scope.Severity(time)) * every : Math.Max(5, rng.Normal(Math.Max(40, item.Mean), Math.Max(20, item.Sd)));
            scope.Row(Table.OutputEvents, rng).Time(time).Time(time + rng.Below(3000)).Int(item.ItemId).Number(5 * Math.Round(volume / 5), 0).Text("ml").End();
        }
    }

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}
