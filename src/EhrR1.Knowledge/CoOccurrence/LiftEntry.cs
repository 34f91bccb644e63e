namespace EhrR1.Knowledge;

/// <summary>A term that goes with a target.</summary>
internal readonly record struct LiftEntry(int History, double Lift, long Together);
