namespace EhrR1.Scoring;

/// <summary>A mean as two sums by patient, so that a replicate costs a pass over patients instead of samples.</summary>
internal sealed class PatientSums : IPreparedMetric
{
    // Only patients that have samples here: a task of few patients stays cheap under an index of many.
    private readonly int[] _positions;
    private readonly double[] _sums;
    private readonly double[] _weights;
    private readonly int _patients;

    public PatientSums(IEnumerable<(int Position, double Value, double Weight)> samples, int patients, string name)
    {
        var sums = new double[patients];
        var weights = new double[patients];
        var seen = new bool[patients];
        foreach ((int position, double value, double weight) in samples)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"A sample's value of {name} is {value}; it must be finite.", nameof(samples));
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentException($"A sample's weight is {weight}; it must be finite and not negative.", nameof(samples));
            sums[position] += weight * value;
            weights[position] += weight;
            seen[position] = true;
        }

        _patients = patients;
        _positions = [.. Enumerable.Range(0, patients).Where(i => seen[i])];
        _sums = [.. _positions.Select(i => sums[i])];
        _weights = [.. _positions.Select(i => weights[i])];
    }

    public double Evaluate(ReadOnlySpan<int> patientCounts)
    {
        PatientIndex.CheckCounts(patientCounts, _patients);
        double sum = 0, weight = 0;
        int[] positions = _positions;
        double[] sums = _sums, weights = _weights;
        for (int i = 0; i < positions.Length && i < sums.Length && i < weights.Length; i++)
        {
            double count = patientCounts[positions[i]];
            sum += count * sums[i];
            weight += count * weights[i];
        }

        return weight > 0 ? sum / weight : double.NaN;
    }
}
