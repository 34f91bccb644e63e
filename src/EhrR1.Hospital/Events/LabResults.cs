namespace EhrR1.Hospital;

/// <summary>Writes the results of one specimen to labevents: numbers with flags, texts, and what goes wrong with both.</summary>
internal sealed class LabResults(EncounterRecord record, Rng rng)
{
    private static readonly string[] LostComments = ["___", "HOLD.  DISCARD GREATER THAN 24 HRS OLD.", "SPECIMEN CLOTTED, NOT TESTED", "HEMOLYSIS FALSELY ELEVATES THIS TEST, \"RESULT WITHHELD\""];
    private static readonly string[] TextResults = ["NEG", "NEG", "NEG", "TR", "SM", "POS"];

    public void Write(IReadOnlyList<LabPanel> panels, long time, double hour, long? hadm, string priority, string? provider)
    {
        var specimen = record.Patient.Ids.NextSpecimen();
        time = Clock.WholeMinutes(time);
        var delay = panels.Max(p => p.ResultMinutes) * (priority == "STAT" ? 0.75 : 1);
        var stored = time + Clock.Hours(delay / 60 * Math.Clamp(rng.LogNormal(1, 0.35), 0.4, 4));
        // A stay's label is missing now and then even where the stay is known.
        if (hadm is not null && rng.Chance(0.02))
            hadm = null;
        foreach (var item in panels.SelectMany(p => p.Items).Distinct())
        {
            if (item.Sex.Length > 0 && item.Sex != record.Patient.Sex)
                continue;
            WriteItem(item, specimen, time, stored, hour, hadm, priority, provider);
        }
    }

    private void WriteItem(LabItem item, long specimen, long time, long stored, double hour, long? hadm, string priority, string? provider)
    {
        var table = record.Tables[Table.LabEvents];
        table.Int(record.Patient.Ids.NextRow()).Int(record.Patient.SubjectId).Int(hadm).Int(specimen).Int(item.ItemId).Text(provider)
            .Time(time).Time(rng.Chance(0.009) ? null : stored + rng.Below(4) * Clock.Minute);
        var lost = rng.Chance(0.015);
        if (!item.IsNumeric || lost)
        {
            var text = lost ? (rng.Chance(0.5) ? "___" : null) : item.Texts.Count > 0 ? item.Texts.Draw(rng) : rng.Pick(TextResults);
            table.Text(text).None().Text(item.Unit).Number(item.Low, 3).Number(item.High, 3)
                .Text(text is "POS" ? "abnormal" : null).Text(priority).Text(lost ? rng.Pick(LostComments) : text is "NEG" ? "NEG." : null).End();
            return;
        }
        var value = record.Body.Lab(item, hour);
        var abnormal = value < item.Low || value > item.High;
        var scale = Math.Pow(10, item.Decimals);
        value = Math.Round(value * scale) / scale;
        if (rng.Chance(0.01))
            table.Text($"{(value > item.Mean ? '>' : '<')}{value}").None();
        else
        {
            table.Number(value, item.Decimals).Number(value, item.Decimals);
            if (hour > -20)
                record.FirstLabs.TryAdd(item.Label, value);
        }
        table.Text(item.Unit).Number(item.Low, 3).Number(item.High, 3).Text(abnormal ? "abnormal" : null).Text(rng.Chance(0.08) ? null : priority)
            .Text(item.Label == "Glucose" && rng.Chance(0.6) ? "IF FASTING, 70-100 NORMAL, >125 PROVISIONAL DIABETES." : rng.Chance(0.03) ? "___" : null).End();
        if (rng.Chance(0.0015))
            table.RepeatLastRow();
    }
}
