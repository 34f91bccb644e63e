namespace EhrR1.Knowledge;

/// <summary>A row of a shard's concepts.</summary>
internal readonly record struct ConceptRow(
    long SubjectId, int Position, string Event, DateTime? Time, DateTime? VisibleFrom, string Field, TermKind Kind, string Term,
    string? Concept, string? Name, string? Way, double? Similarity, int? Start = null, int? Length = null, string? Text = null, string? Section = null, string? Marks = null);
