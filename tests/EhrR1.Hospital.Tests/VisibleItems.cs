using System.Globalization;

namespace EhrR1.Hospital.Tests;

/// <summary>For each item, the samples in whose visible hours it stands, with how often and its last value.</summary>
internal sealed class VisibleItems
{
    private readonly ILookup<string, RiskSample> samplesOf;
    private readonly Dictionary<string, Dictionary<RiskSample, (int Count, double? Value)>> seen = new(StringComparer.Ordinal);

    public VisibleItems(IEnumerable<RiskSample> samples) => samplesOf = samples.ToLookup(s => s.Subject, StringComparer.Ordinal);

    public void Read(TemporaryFolder folder, string file, string time, string item, string? value)
    {
        foreach (var row in CsvStream.Columns(folder.File(file), "subject_id", time, item, value ?? item))
        {
            if (!samplesOf.Contains(row[0]) || !DateTime.TryParseExact(row[1], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                continue;
            foreach (var sample in samplesOf[row[0]])
            {
                if (at < sample.From || at >= sample.Until)
                    continue;
                // A patient's own identifiers stand for the event type as a whole.
                var name = item is "subject_id" or "stay_id" ? $"{file} {value}" : $"{file} {row[2]}";
                if (!seen.TryGetValue(name, out var found))
                    seen[name] = found = new(ReferenceEqualityComparer.Instance);
                double? number = value is not null && double.TryParse(row[3], CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
                var before = found.GetValueOrDefault(sample);
                found[sample] = (before.Count + 1, number ?? before.Value);
            }
        }
    }

    /// <summary>The AUROC of every item, by its presence, its count and, where at least ten of either outcome have one, its last value.</summary>
    public IEnumerable<(string Item, string By, double Auroc)> Strongest(IReadOnlyList<RiskSample> samples, string task)
    {
        double positives = samples.Count(s => s.Outcomes[task]);
        var negatives = samples.Count - positives;
        var members = samples.ToHashSet<RiskSample>(ReferenceEqualityComparer.Instance);
        foreach (var (item, found) in seen)
        {
            var own = found.Where(f => members.Contains(f.Key)).Select(f => (Label: f.Key.Outcomes[task], f.Value.Count, f.Value.Value)).ToArray();
            double with = own.Count(o => o.Label);
            var without = own.Length - with;
            // Those who have the item stand above all who do not; those who do not are tied.
            var rest = (with * (negatives - without)) + (0.5 * (positives - with) * (negatives - without));
            yield return (item, "presence", Fold((rest + (0.5 * with * without)) / (positives * negatives)));
            if (with == 0 || without == 0)
                continue;
            yield return (item, "count", Fold((rest + (Auroc.Of([.. own.Select(o => ((double)o.Count, o.Label))]) * with * without)) / (positives * negatives)));
            var valued = own.Where(o => o.Value is not null).Select(o => (o.Value!.Value, o.Label)).ToArray();
            if (valued.Count(v => v.Label) >= 10 && valued.Count(v => !v.Label) >= 10)
                yield return (item, "value", Fold(Auroc.Of(valued)));
        }
    }

    private static double Fold(double auroc) => Math.Max(auroc, 1 - auroc);
}
