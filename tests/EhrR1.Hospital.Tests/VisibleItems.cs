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

    /// <summary>The AUROC of every item, by its presence, its count and its last value, where at least ten of either outcome have it.</summary>
    public IEnumerable<(string Item, string By, double Auroc)> Strongest(IReadOnlyList<RiskSample> samples, string task)
    {
        var positives = samples.Count(s => s.Outcomes[task]);
        foreach (var (item, found) in seen)
        {
            var own = samples.Where(found.ContainsKey).ToArray();
            if (own.Length == 0)
                continue;
            yield return (item, "presence", Fold(Auroc.Of([.. samples.Select(s => (found.ContainsKey(s) ? 1.0 : 0, s.Outcomes[task]))])));
            yield return (item, "count", Fold(Auroc.Of([.. samples.Select(s => ((double)found.GetValueOrDefault(s).Count, s.Outcomes[task]))])));
            var valued = own.Where(s => found[s].Value is not null).Select(s => (found[s].Value!.Value, s.Outcomes[task])).ToArray();
            if (valued.Count(v => v.Item2) >= 10 && valued.Count(v => !v.Item2) >= 10)
                yield return (item, "value", Fold(Auroc.Of(valued)));
        }
        positives.ShouldBeGreaterThan(5, task);
    }

    private static double Fold(double auroc) => Math.Max(auroc, 1 - auroc);
}
