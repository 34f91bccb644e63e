namespace EhrR1.Reasoning;

/// <summary>What a fault means for somebody who reads the chain beside the record.</summary>
public static class EvidenceNotes
{
    /// <summary>The status of what is at fault, and the fault in words that go on after it.</summary>
    public static (EvidenceStatus Status, string Note) Of(GroundingFaultKind kind) => kind switch
    {
        GroundingFaultKind.UnknownEvent => (EvidenceStatus.NotFound, "the record has no such event"),
        GroundingFaultKind.WrongTime => (EvidenceStatus.Contradicted, "the record has such an event at another time"),
        GroundingFaultKind.UnknownTime => (EvidenceStatus.NotFound, "the record has nothing at this time"),
        GroundingFaultKind.ItemNotInEvent => (EvidenceStatus.Elsewhere, "not in the event that is cited"),
        GroundingFaultKind.ItemNotInRecord => (EvidenceStatus.NotFound, "stands nowhere in the record"),
        GroundingFaultKind.WrongValue => (EvidenceStatus.Contradicted, "the record has another value"),
        GroundingFaultKind.WrongUnit => (EvidenceStatus.Contradicted, "the record has another unit"),
        GroundingFaultKind.UnsupportedRelation => (EvidenceStatus.Unsound, "neither graph, record nor terminology joins these"),
        GroundingFaultKind.OtherRelation => (EvidenceStatus.Contradicted, "the graph joins these by another relation"),
        GroundingFaultKind.UnderivedItem => (EvidenceStatus.Unsound, "no step of the reasoning leads to it"),
        GroundingFaultKind.WrongItem => (EvidenceStatus.Unsound, "not in the right answer"),
        GroundingFaultKind.CopiedItem => (EvidenceStatus.Unsound, "copied from where the answer stands written"),
        GroundingFaultKind.AfterPrediction => (EvidenceStatus.Unsound, "lies after the question"),
        GroundingFaultKind.LeakWording => (EvidenceStatus.Unsound, "betrays that the answer was known"),
        GroundingFaultKind.ExtraSection => (EvidenceStatus.Unsound, "no section of its template, or one that stands twice"),
        GroundingFaultKind.MissingSection => (EvidenceStatus.Unsound, "this section is missing"),
        GroundingFaultKind.NothingCited => (EvidenceStatus.Unsound, "the chain cites no event"),
        _ => (EvidenceStatus.Unsound, "the chain ends without an item"),
    };
}
