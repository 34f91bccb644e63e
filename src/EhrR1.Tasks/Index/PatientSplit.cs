namespace EhrR1.Tasks;

/// <summary>Puts patients into splits by a seeded hash of their id, so that a patient never moves when data is added.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
public sealed record PatientSplit
{
    /// <summary>The seed. The default value is 0.</summary>
    public long Seed { get; init; }

    /// <summary>The share of patients in <see cref="SplitNames.Test"/>, 0 to 1. The default value is 0.18.</summary>
    public double TestShare { get; init; } = 0.18;

    /// <summary>The share of patients in <see cref="SplitNames.FewShot"/>, 0 to 1. The default value is 0.02.</summary>
    public double FewShotShare { get; init; } = 0.02;

    /// <summary>The split of a patient; what is in neither of the two shares is <see cref="SplitNames.Train"/>.</summary>
    public string Of(long subjectId)
    {
        var hash = new StableHash(Seed);
        hash.Add("split");
        hash.Add(subjectId);
        var place = hash.Unit;
        if (place < TestShare)
            return SplitNames.Test;
        return place < TestShare + FewShotShare ? SplitNames.FewShot : SplitNames.Train;
    }
}
