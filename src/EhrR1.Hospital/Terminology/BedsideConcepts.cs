namespace EhrR1.Hospital;

/// <summary>What is charted at the bedside, and the hospital itself: vital signs, the flowsheet, units, services and orders.</summary>
internal static class BedsideConcepts
{
    public static void Add(ConceptBook book, HospitalContent content)
    {
        AddNamed(book, content, "vital", ConceptKind.VitalSign, SemanticTypes.Attribute);
        AddNamed(book, content, "record", ConceptKind.Record, SemanticTypes.Attribute);
        foreach (var item in content.IcuItems.Where(i => i.LinksTo is "chartevents" or "datetimeevents" or "outputevents"))
            AddItem(book, item);
        foreach (var service in content.Hospital.Services)
            book.Name(book.Take(ConceptKind.Service, content.Hospital.ServiceNames[service], SemanticTypes.Organization), service);
        foreach (var unit in content.Hospital.CareUnits)
            book.Take(ConceptKind.Place, unit.Name, SemanticTypes.Organization);
        foreach (var treatment in content.Conditions.SelectMany(c => content.Treatments[c.Name]).Where(t => t.Kind == "consult"))
            book.Take(ConceptKind.Service, treatment.Target, SemanticTypes.Activity);
        AddNamed(book, content, "place", ConceptKind.Place, SemanticTypes.Organization);
        AddNamed(book, content, "admission", ConceptKind.Admission, SemanticTypes.Activity);
        AddNamed(book, content, "order", ConceptKind.Order, SemanticTypes.Activity);
    }

    // An item that repeats a laboratory value or a vital sign is that value under another name.
    private static void AddItem(ConceptBook book, IcuItem item)
    {
        var concept = item.Lab.Length > 0 ? book.Get(ConceptKind.Laboratory, item.Lab)
            : item.Vital.Length > 0 ? book.Get(ConceptKind.VitalSign, item.Vital)
            : book.Take(ConceptKind.FlowsheetItem, item.Label, SemanticTypes.OfIcuItem(item));
        book.Name(concept, item.Label);
        book.NameIfFree(concept, item.Abbreviation);
    }

    private static void AddNamed(ConceptBook book, HospitalContent content, string table, ConceptKind kind, string semanticType)
    {
        foreach (var named in content.Names[table])
        {
            var concept = book.Take(kind, named.Name, semanticType);
            foreach (var synonym in named.Synonyms)
                book.NameIfFree(concept, synonym);
        }
    }
}
