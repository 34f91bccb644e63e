using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>A pair that is kept, its terms by the rank of their texts: for each target the highest Lift first, then the most common samples, then by name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct KeptPair(int Target, int History, long Together, double Lift, double PValue) : IComparable<KeptPair>
{
    public int CompareTo(KeptPair other)
    {
        if (Target != other.Target)
            return Target.CompareTo(other.Target);
        if (Lift != other.Lift)
            return other.Lift.CompareTo(Lift);
        return Together != other.Together ? other.Together.CompareTo(Together) : History.CompareTo(other.History);
    }
}
