namespace EhrR1.Knowledge;

/// <summary>A concept that a text names.</summary>
/// <param name="Concept">The concept.</param>
/// <param name="Name">Its name that is most similar to the text.</param>
/// <param name="Similarity">How similar that is.</param>
internal readonly record struct NoteHit(int Concept, int Name, double Similarity);
