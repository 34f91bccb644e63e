namespace EhrR1.Reasoning;

/// <summary>One item of an event in an input: what it is called, its numbers and its units.</summary>
internal sealed class InputRow
{
    /// <summary>The numbers, those of the reference range apart.</summary>
    public List<double> Values { get; } = [];

    /// <summary>The numbers of the reference range.</summary>
    public List<double> References { get; } = [];

    /// <summary>Where units stand in the input, words of strengths among them.</summary>
    public List<TextSpan> Units { get; } = [];

    /// <summary>Units that the input leaves out but everybody knows.</summary>
    public string[] Implied { get; set; } = [];
}
