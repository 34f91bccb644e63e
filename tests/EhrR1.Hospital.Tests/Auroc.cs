namespace EhrR1.Hospital.Tests;

/// <summary>The area under the ROC curve by ranks, ties counted half.</summary>
internal static class Auroc
{
    public static double Of(IReadOnlyList<(double Score, bool Label)> pairs)
    {
        var sorted = pairs.OrderBy(p => p.Score).ToArray();
        double positives = sorted.Count(p => p.Label);
        var negatives = sorted.Length - positives;
        var sum = 0.0;
        for (var i = 0; i < sorted.Length;)
        {
            var j = i;
            while (j < sorted.Length && sorted[j].Score.Equals(sorted[i].Score))
                j++;
            var rank = (i + 1 + j) / 2.0;
            for (var k = i; k < j; k++)
                sum += sorted[k].Label ? rank : 0;
            i = j;
        }
        return (sum - (positives * (positives + 1) / 2)) / (positives * negatives);
    }
}
