namespace EhrR1.Reasoning;

/// <summary>Gathers the faults and counts of one check. Not thread-safe.</summary>
internal sealed class FaultList(ParsedChain chain, int most)
{
    private readonly List<GroundingFault> _faults = [];

    public IReadOnlyList<GroundingFault> Faults => _faults;

    public int Count { get; private set; }

    /// <summary>What was checked against the input, and how much of it holds.</summary>
    public int Claims { get; private set; }

    public int Held { get; private set; }

    public int Pairs { get; set; }

    /// <summary>Claims that the input, the graph or the answer contradicts, or that stand nowhere.</summary>
    public int False { get; private set; }

    public void Hold()
    {
        Claims++;
        Held++;
    }

    /// <summary>A claim on the input that does not hold.</summary>
    public void Fail(GroundingFaultKind kind, TextSpan span)
    {
        Claims++;
        False++;
        Add(kind, span);
    }

    /// <summary>A claim that the graph or the answer contradicts.</summary>
    public void Contradict(GroundingFaultKind kind, TextSpan span, string? what = null)
    {
        False++;
        Add(kind, span, what);
    }

    public void Add(GroundingFaultKind kind, TextSpan span, string? what = null)
    {
        Count++;
        if (_faults.Count < most)
            _faults.Add(new GroundingFault(kind, span, what ?? chain.TextOf(span)));
    }
}
