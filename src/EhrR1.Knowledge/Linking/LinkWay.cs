namespace EhrR1.Knowledge;

/// <summary>By which way a term was linked to a concept, the surest first.</summary>
public enum LinkWay
{
    /// <summary>A name equals the text but for case.</summary>
    Exact,

    /// <summary>A name equals the text once both are normalised.</summary>
    Normalised,

    /// <summary>A code that stands beside the text is a code of the concept.</summary>
    Code,

    /// <summary>The concept is the nearest ancestor, by code, of what the text names.</summary>
    Ancestor,

    /// <summary>A name is similar to the text.</summary>
    Approximate,
}
