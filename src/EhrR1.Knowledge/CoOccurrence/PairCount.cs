using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>In how many samples two terms occur together, one in the target and one in the history; ordered by the terms.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PairCount(int Target, int History, long Samples) : IComparable<PairCount>
{
    public int CompareTo(PairCount other) => Target != other.Target ? Target.CompareTo(other.Target) : History.CompareTo(other.History);
}
