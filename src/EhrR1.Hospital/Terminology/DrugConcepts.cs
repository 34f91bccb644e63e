using System.Text.RegularExpressions;

namespace EhrR1.Hospital;

/// <summary>Drugs under the names of the ward, the emergency department and the ICU, their classes, and what else runs into a patient.</summary>
internal static partial class DrugConcepts
{
    public static void Add(ConceptBook book, HospitalContent content)
    {
        foreach (var drug in content.Drugs)
            AddDrug(book, drug);
        foreach (var other in content.Names["drug"])
        {
            foreach (var synonym in other.Synonyms)
                book.NameIfFree(book.Get(ConceptKind.Drug, other.Name), synonym);
        }
        // "MetFORMIN (Glucophage)" is metformin, unless metformin alone is a drug of its own.
        foreach (var drug in content.Drugs)
            book.NameIfFree(book.Get(ConceptKind.Drug, drug.Name), Bare(drug.Name));
        DefineClasses(book);
        foreach (var item in content.IcuItems.Where(i => i.LinksTo is "inputevents" or "ingredientevents"))
            AddInfusion(book, item);
        foreach (var antibiotic in content.Microbiology.SelectMany(m => m.Antibiotics))
            book.Take(ConceptKind.Drug, antibiotic, SemanticTypes.Drug);
    }

    // Packings that share a name, of the ward or of the emergency department, are one drug.
    private static void AddDrug(ConceptBook book, Drug drug)
    {
        var concept = book.Find(ConceptKind.Drug, drug.Name) ?? book.Find(ConceptKind.Drug, drug.EdName) ?? book.Take(ConceptKind.Drug, drug.Name, SemanticTypes.Drug);
        book.Name(concept, drug.Name);
        book.Name(concept, drug.EdName);
        if (drug.Atc.Length == 7)
            book.Name(concept, drug.Name, "ATC", drug.Atc);
        if (drug.Ndc.Length == 11)
            book.Name(concept, drug.Name, "NDC", drug.Ndc);
        if (drug.AtcClass.Length == 0)
            return;
        var group = book.Take(ConceptKind.DrugClass, drug.AtcClass, SemanticTypes.Drug);
        if (drug.Atc.Length >= 5)
            book.Name(group, drug.AtcClass, "ATC", drug.Atc[..5]);
        concept.AddParent(group);
    }

    private static void DefineClasses(ConceptBook book)
    {
        var members = book.All.Where(c => c.Kind == ConceptKind.Drug).SelectMany(c => c.Parents.Select(p => (Class: p, c.Name))).ToLookup(x => x.Class, x => x.Name);
        foreach (var group in book.All.Where(c => c.Kind == ConceptKind.DrugClass))
        {
            string[] names = [.. members[group].Take(3)];
            var listed = names.Length == 1 ? names[0] : string.Join(", ", names[..^1]) + " and " + names[^1];
            group.Definition = $"The class of drugs, {group.Name}, to which {listed} {(names.Length == 1 ? "belongs" : "belong")}.";
        }
    }

    private static void AddInfusion(ConceptBook book, IcuItem item)
    {
        string[] forms = [item.Label, Bare(item.Label), InBrackets().Match(item.Label).Groups[1].Value];
        var concept = forms.Where(f => f.Length > 0).Select(f => book.Find(ConceptKind.Drug, f)).FirstOrDefault(c => c is not null)
            ?? book.Take(ConceptKind.Substance, item.Label, SemanticTypes.OfIcuItem(item));
        book.Name(concept, item.Label);
        book.NameIfFree(concept, item.Abbreviation);
    }

    private static string Bare(string name) => Brackets().Match(name) is { Success: true } match ? match.Groups[1].Value : name;

    [GeneratedRegex(@"^(.+?) *\(.*$")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\(([^)]*)\)")]
    private static partial Regex InBrackets();
}
