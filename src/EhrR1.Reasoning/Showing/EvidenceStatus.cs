namespace EhrR1.Reasoning;

/// <summary>How something in a chain stands to the record.</summary>
public enum EvidenceStatus
{
    /// <summary>It stands in the record, where the chain says.</summary>
    Found,

    /// <summary>It stands in the record, but not in the event that the chain cites.</summary>
    Elsewhere,

    /// <summary>It stands nowhere in the record.</summary>
    NotFound,

    /// <summary>The record says otherwise: another value, unit or time.</summary>
    Contradicted,

    /// <summary>It is no quotation, and does not hold: a relation that nothing supports, an item that is none of the answer.</summary>
    Unsound,
}
