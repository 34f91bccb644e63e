namespace EhrR1.Knowledge;

/// <summary>What was found for one sample.</summary>
internal sealed class SampleTally
{
    public int Targets { get; set; }

    public int TargetsWithPairs { get; set; }

    public int TargetsWithEdges { get; set; }

    public int Pairs { get; set; }

    public int LinkedPairs { get; set; }

    public int PairsWithPath { get; set; }
}
