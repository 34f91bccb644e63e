using System.Globalization;

namespace EhrR1.Tasks;

/// <summary>A sample's id: task, subject and a short hash of what its anchor is; it never moves when other data is added.</summary>
internal static class SampleId
{
    public static string Of(string task, long subjectId, TaskAnchor anchor, int ordinal)
        => Of(task, subjectId, HashOf(subjectId, anchor, ordinal));

    public static ulong HashOf(long subjectId, TaskAnchor anchor, int ordinal)
    {
        var hash = new StableHash(seed: 0);
        hash.Add(subjectId);
        hash.Add(anchor.Type.Name);
        hash.Add(anchor.Time.Ticks);
        hash.Add(anchor.HadmId ?? -1);
        hash.Add(anchor.StayId ?? -1);
        hash.Add(ordinal);
        return hash.Value;
    }

    public static string Of(string task, long subjectId, ulong hash)
        => string.Create(CultureInfo.InvariantCulture, $"{task}-{subjectId}-{hash:x16}");
}
