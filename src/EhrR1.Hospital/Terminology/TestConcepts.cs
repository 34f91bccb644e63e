namespace EhrR1.Hospital;

/// <summary>What is measured, looked at and done: laboratory items, cultures, imaging and procedures.</summary>
internal static class TestConcepts
{
    public static void Add(ConceptBook book, HospitalContent content)
    {
        // Charts tell items by their labels alone, so one label is one concept, whatever it is measured in.
        foreach (var lab in content.Labs)
            book.Name(book.Take(ConceptKind.Laboratory, lab.Label, SemanticTypes.Laboratory), $"{lab.Label}, {lab.Fluid}");
        foreach (var panel in content.Panels)
            book.Take(ConceptKind.Panel, panel.FullName, SemanticTypes.Laboratory);
        foreach (var test in content.Microbiology)
        {
            book.Take(ConceptKind.Microbiology, test.TestName, SemanticTypes.Laboratory);
            foreach (var organism in test.Organisms.Items)
                book.Take(ConceptKind.Organism, organism, IsFungus(organism) ? SemanticTypes.Fungus : SemanticTypes.Bacterium);
        }
        foreach (var exam in content.Imaging)
            book.Take(ConceptKind.Imaging, exam.Name, SemanticTypes.Diagnostic);
        foreach (var other in content.Names["imaging"])
        {
            foreach (var synonym in other.Synonyms)
                book.NameIfFree(book.Get(ConceptKind.Imaging, other.Name), synonym);
        }
        AddProcedures(book, content);
    }

    private static bool IsFungus(string organism) =>
        organism.StartsWith("CANDIDA", StringComparison.Ordinal) || organism.StartsWith("YEAST", StringComparison.Ordinal) || organism.StartsWith("ASPERGILLUS", StringComparison.Ordinal);

    private static void AddProcedures(ConceptBook book, HospitalContent content)
    {
        foreach (var code in content.Procedures)
            AddProcedure(book, code);
        var ofItem = content.Procedures.Where(p => p.IcuItem.Length > 0).ToLookup(p => p.IcuItem, p => Of(book, p));
        foreach (var item in content.IcuItems.Where(i => i.LinksTo == "procedureevents"))
        {
            // An item that one procedure alone stands behind is that procedure; else the procedures are kinds of it.
            Concept[] procedures = [.. ofItem[item.Label].Distinct()];
            if (procedures.Length == 1)
                book.NameIfFree(procedures[0], item.Label);
            var concept = book.Take(ConceptKind.Procedure, item.Label, SemanticTypes.OfIcuItem(item));
            book.NameIfFree(concept, item.Abbreviation);
            foreach (var procedure in procedures)
                procedure.AddParent(concept);
        }
        foreach (var (vocabulary, code, _, name) in content.Hospital.Ccs.Where(c => c.Vocabulary.EndsWith("PCS", StringComparison.Ordinal)))
        {
            var group = book.Take(ConceptKind.ProcedureGroup, name, SemanticTypes.Therapeutic);
            foreach (var procedure in content.Procedures.Where(p => (vocabulary == "ICD10PCS" ? p.Icd10 : p.Icd9) == code))
                Of(book, procedure).AddParent(group);
        }
    }

    // Codes of the newer version that one code of the older stands for are one thing.
    private static void AddProcedure(ConceptBook book, ProcedureCode code)
    {
        var concept = code.Title9.Length > 0 ? book.Find(ConceptKind.Procedure, code.Title9) : null;
        concept ??= book.Take(ConceptKind.Procedure, code.Title10.Length > 0 ? code.Title10 : code.Title9, SemanticTypes.Therapeutic);
        if (code.Icd10.Length > 0)
            book.Name(concept, code.Title10, "ICD10PCS", code.Icd10);
        if (code.Icd9.Length > 0)
            book.Name(concept, code.Title9, "ICD9PROC", code.Icd9);
    }

    private static Concept Of(ConceptBook book, ProcedureCode code) => book.Get(ConceptKind.Procedure, code.Title10.Length > 0 ? code.Title10 : code.Title9);
}
