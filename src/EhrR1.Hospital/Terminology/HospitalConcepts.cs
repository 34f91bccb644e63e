namespace EhrR1.Hospital;

/// <summary>All clinical things of the hospital's content as concepts.</summary>
internal static class HospitalConcepts
{
    /// <summary>The concepts of the content that all hospitals share; not to be changed.</summary>
    public static ConceptBook Shared { get; } = Of(HospitalContent.Shared);

    /// <summary>Makes the concepts, in an order that gives the same identifiers each time.</summary>
    public static ConceptBook Of(HospitalContent content)
    {
        var book = new ConceptBook();
        IllnessConcepts.Add(book, content);
        DrugConcepts.Add(book, content);
        TestConcepts.Add(book, content);
        BedsideConcepts.Add(book, content);
        return book;
    }
}
