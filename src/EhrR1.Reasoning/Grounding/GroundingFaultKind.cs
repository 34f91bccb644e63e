namespace EhrR1.Reasoning;

/// <summary>What of a chain does not hold.</summary>
public enum GroundingFaultKind
{
    /// <summary>The input has no event of that name.</summary>
    UnknownEvent,

    /// <summary>The input has events of that name, but none at that time.</summary>
    WrongTime,

    /// <summary>A time is named that stands nowhere in the input.</summary>
    UnknownTime,

    /// <summary>An item is quoted that does not stand in the cited event.</summary>
    ItemNotInEvent,

    /// <summary>An item is named that stands nowhere in this patient's input.</summary>
    ItemNotInRecord,

    /// <summary>A number is quoted that does not stand with its item, or not in the event.</summary>
    WrongValue,

    /// <summary>A unit is quoted that does not stand with its item.</summary>
    WrongUnit,

    /// <summary>A declared section cites no event at all.</summary>
    NothingCited,

    /// <summary>Two concepts are joined that neither the graph, the record nor the terminology joins.</summary>
    UnsupportedRelation,

    /// <summary>Two concepts are joined by another relation than the one that joins them.</summary>
    OtherRelation,

    /// <summary>A final item that no step of the reasoning names.</summary>
    UnderivedItem,

    /// <summary>A final item that is none of the answer.</summary>
    WrongItem,

    /// <summary>A final item that is copied from a place where the answer stands written.</summary>
    CopiedItem,

    /// <summary>The chain ends without an item, or without a probability.</summary>
    NoFinalItem,

    /// <summary>An event or a time after the prediction time.</summary>
    AfterPrediction,

    /// <summary>A wording that betrays that the answer was given.</summary>
    LeakWording,

    /// <summary>A section that the template declares is missing.</summary>
    MissingSection,

    /// <summary>A section that the template does not declare, or one that stands twice.</summary>
    ExtraSection,
}
