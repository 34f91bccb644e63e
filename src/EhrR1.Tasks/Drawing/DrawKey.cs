namespace EhrR1.Tasks;

/// <summary>A sample's place in a draw: the smallest are drawn.</summary>
/// <param name="Key">The key of the draw.</param>
/// <param name="Id">The hash of the sample's id, which decides between equal keys.</param>
internal readonly record struct DrawKey(double Key, ulong Id) : IComparable<DrawKey>
{
    public int CompareTo(DrawKey other) => Key.CompareTo(other.Key) is var byKey && byKey != 0 ? byKey : Id.CompareTo(other.Id);
}
