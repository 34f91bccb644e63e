namespace EhrR1.Knowledge;

/// <summary>Takes what a <see cref="ITerminologySource"/> holds. All texts are UTF-8, and only read during the call.</summary>
/// <remarks>
/// <para>A concept is named by an identifier with its namespace: <c>DOID:10652</c>, <c>DRUGBANK:DB00843</c>; an identifier
/// without a colon is UMLS's (<c>C0002395</c>). It exists once it has a name; what is said of one that never gets a name is
/// counted and left out. Nothing needs to come in any order. Not thread-safe.</para>
/// </remarks>
public interface ITerminologyIntake
{
    /// <summary>The rank of a name that another source's concept has besides: it never is the preferred one, and makes no concept exist.</summary>
    const int FurtherName = int.MaxValue;

    /// <summary>A name of a concept.</summary>
    /// <param name="concept">The concept.</param>
    /// <param name="name">The name as it is written.</param>
    /// <param name="rank">How good a name for people it is: of the names with the lowest rank, the first by its bytes is the preferred one.</param>
    void Name(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> name, int rank);

    /// <summary>A semantic type of a concept: "Disease or Syndrome".</summary>
    void SemanticType(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> type);

    /// <summary>A definition of a concept.</summary>
    void Definition(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> text);

    /// <summary>A code that stands for the concept elsewhere; see <see cref="ConceptCode"/> for how it is written.</summary>
    void Code(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> vocabulary, ReadOnlySpan<byte> code);

    /// <summary>A relation, read from left to right: subject "may be treated by" object.</summary>
    /// <param name="subject">A concept.</param>
    /// <param name="relation">The relation's name.</param>
    /// <param name="object">A concept, or where <paramref name="byName"/> is set a name of one in the subject's namespace.</param>
    /// <param name="byName">Whether the object is named and not identified.</param>
    void Relation(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> relation, ReadOnlySpan<byte> @object, bool byName);

    /// <summary>Counts a row that is left out.</summary>
    /// <param name="why">The reason, the same for all rows that it holds for.</param>
    void LeftOut(string why);
}
