namespace EhrR1.Knowledge;

/// <summary>A relation between two concepts, ordered by the near end, the far end and then the kind.</summary>
internal readonly record struct Edge(int Near, int Far, int Kind) : IComparable<Edge>
{
    public int CompareTo(Edge other) =>
        Near != other.Near ? Near.CompareTo(other.Near) : Far != other.Far ? Far.CompareTo(other.Far) : Kind.CompareTo(other.Kind);
}
