namespace EhrR1.Hospital;

/// <summary>What the built-in knowledge holds; a relation counts once, not once from each end.</summary>
/// <param name="Concepts">Concepts of the hospital, distractors not counted.</param>
/// <param name="Names">Their names, case apart.</param>
/// <param name="TrueRelations">Relations by which the hospital was made.</param>
/// <param name="ClassRelations">Relations of a thing to its class: a drug to its ATC class, a diagnosis to its CCS category.</param>
/// <param name="NearMisses">Distractors whose names are near to true ones.</param>
/// <param name="FalseRelations">False relations, those of the near misses among them.</param>
/// <param name="Hubs">Concepts that very much belongs to.</param>
/// <param name="HubRelations">Relations to them.</param>
public sealed record HospitalKnowledgeSummary(int Concepts, int Names, int TrueRelations, int ClassRelations, int NearMisses, int FalseRelations, int Hubs, int HubRelations);
