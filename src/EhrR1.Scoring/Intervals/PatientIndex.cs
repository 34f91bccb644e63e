using System.Collections.Frozen;

namespace EhrR1.Scoring;

/// <summary>The patients of a draw, in order of their ids, so that a replicate depends on who they are and not on the order of samples.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class PatientIndex
{
    private readonly FrozenDictionary<long, int> _positions;

    private PatientIndex(long[] ids)
    {
        _positions = ids.Select((id, position) => KeyValuePair.Create(id, position)).ToFrozenDictionary();
        Fingerprint = ids.Aggregate(0x9E3779B97F4A7C15UL, (hash, id) => SplitMix64.Mix(hash ^ (ulong)id));
    }

    /// <summary>Number of distinct patients.</summary>
    public int Count => _positions.Count;

    /// <summary>A hash of the ids: equal for equal sets of patients.</summary>
    internal ulong Fingerprint { get; }

    /// <summary>Indexes the distinct ids among those given.</summary>
    /// <param name="patients">Patient ids, in any order, with repetitions.</param>
    /// <returns>The index, positions rising with the id.</returns>
    public static PatientIndex Of(IEnumerable<long> patients)
    {
        ArgumentNullException.ThrowIfNull(patients);
        long[] ids = [.. patients.Distinct()];
        Array.Sort(ids);
        return new(ids);
    }

    /// <summary>Indexes the patients of one or many lists of samples.</summary>
    /// <param name="lists">For a macro mean: the samples of every task.</param>
    /// <returns>The index over all of them.</returns>
    public static PatientIndex Of(params IEnumerable<IEnumerable<AnsweredSample>> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return Of(lists.SelectMany(samples => samples.Select(s => s.Patient)));
    }

    /// <summary>The position of a patient's count.</summary>
    /// <param name="patient">A patient id.</param>
    /// <returns>0 to <see cref="Count"/> − 1.</returns>
    /// <exception cref="ArgumentException">The patient is not in the index.</exception>
    public int PositionOf(long patient) => _positions.TryGetValue(patient, out int position)
        ? position
        : throw new ArgumentException($"Patient {patient} is not in the index of patients that are drawn.", nameof(patient));

    internal static void CheckCounts(ReadOnlySpan<int> counts, int patients)
    {
        if (counts.Length != patients) throw new ArgumentException($"{counts.Length} counts were given for {patients} patients.", nameof(counts));
    }

    internal int[] EachOnce()
    {
        var counts = new int[Count];
        Array.Fill(counts, 1);
        return counts;
    }

    internal static double EvaluateOnce(BinaryOutcomes outcomes, Func<BinaryOutcomes, PatientIndex, IPreparedMetric> prepare)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        PatientIndex patients = Of(outcomes.Patients);
        return prepare(outcomes, patients).Evaluate(patients.EachOnce());
    }
}
