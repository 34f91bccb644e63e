namespace EhrR1.Knowledge;

/// <summary>Two numbers, ordered by the first and then by the second.</summary>
internal readonly record struct Pair(int First, int Second) : IComparable<Pair>
{
    public int CompareTo(Pair other) => First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);
}
