using static EhrR1.Knowledge.Tests.SaidSource;

namespace EhrR1.Knowledge.Tests;

public sealed class ConceptLinkerTests : IDisposable
{
    private readonly BuiltTerminology _built = new(new SaidSource(
        Typed("DOID:1", "congestive heart failure", "Disease"), Concept("DOID:1", "weak heart"), Code("DOID:1", "ICD10CM", "I50"), Code("DOID:1", "ICD9CM", "428.0"),
        Typed("DOID:2", "type 1 diabetes mellitus", "Disease"), Code("DOID:2", "ICD10CM", "E10"),
        Typed("DOID:3", "type 1 diabetes mellitus 20", "Disease"), Code("DOID:3", "ICD10CM", "E10"),
        Typed("DOID:4", "cardiomyopathy", "Disease"), Code("DOID:4", "ICD10CM", "I42"),
        Typed("DOID:5", "arrhythmogenic dysplasia 1", "Disease"), Code("DOID:5", "ICD10CM", "I42.8"),
        Typed("DOID:6", "arrhythmogenic dysplasia 2", "Disease"), Code("DOID:6", "ICD10CM", "I42.8"),
        Typed("DOID:7", "hyperparathyroidism", "Disease"), Typed("DOID:8", "anemia", "Disease"), Typed("DOID:9", "lactate", "Disease"),
        Typed("DRUGBANK:1", "Furosemide", "Compound"), Typed("DRUGBANK:2", "Oxycodone", "Compound"), Typed("DRUGBANK:3", "Acetaminophen", "Compound"),
        Typed("DRUGBANK:4", "Prednisolone", "Compound"), Typed("DRUGBANK:5", "Nitroglycerin", "Compound"), Typed("DRUGBANK:6", "Sodium chloride", "Compound"),
        Typed("DRUGBANK:7", "Lactate", "Compound"), Typed("DRUGBANK:8", "Bisacodyl", "Compound"), Typed("DRUGBANK:9", "Glucose", "Compound"),
        Typed("NDFRT:1", "Loop diuretic", "FDA Established Pharmacologic Class"), Code("NDFRT:1", "ATC", "C03CA"),
        Typed("NDFRT:2", "Laxative", "Pharmacologic Class"),
        Typed("EHRR1:blood-ph", "Blood pH", "Laboratory Procedure"), Concept("EHRR1:blood-ph", "pH"), Code("EHRR1:blood-ph", "MIMICLAB", "50820"),
        Typed("EHRR1:urine-ph", "Urine pH", "Laboratory Procedure"), Code("EHRR1:urine-ph", "MIMICLAB", "51491"),
        Typed("EHRR1:casts", "Urine casts", "Laboratory Procedure"), Code("EHRR1:casts", "NARROWER", "cast hyaline"), Code("EHRR1:casts", "NARROWER", "MIMICLAB:51482"),
        Typed("EHRR1:loinc", "Creatinine level", "Laboratory Procedure"), Code("EHRR1:loinc", "LOINC", "2160-0"),
        Typed("EHRR1:dialysis", "Dialysis", "Therapeutic or Preventive Procedure"), Code("EHRR1:dialysis", "ICD10PCS", "5A1D"), Code("EHRR1:dialysis", "ICD9PROC", "39.95"),
        Relation("DOID:8", "has symptom", "DOID:4")));

    private ConceptLinker Linker => new(_built.Store);

    [Theory]
    [InlineData(TermKind.Drug, "FUROSEMIDE", LinkWay.Exact, "DRUGBANK:1")]
    [InlineData(TermKind.Drug, "Furosemide 20mg/2mL", LinkWay.Normalised, "DRUGBANK:1")]
    [InlineData(TermKind.Drug, "NaCl 0.9%", null)]
    [InlineData(TermKind.Drug, "Oxycodone-Acetaminophen (5mg-325mg)", LinkWay.Normalised, "DRUGBANK:2", "DRUGBANK:3")]
    [InlineData(TermKind.Drug, "Oxycodone-Unobtainium", null)]
    [InlineData(TermKind.Drug, "D5NS", LinkWay.Normalised, "DRUGBANK:9", "DRUGBANK:6")]
    [InlineData(TermKind.Drug, "Laxative (bisacodyl)", LinkWay.Normalised, "DRUGBANK:8")]
    [InlineData(TermKind.Drug, "Laxative", LinkWay.Exact, "NDFRT:2")]
    [InlineData(TermKind.Drug, "Nitroglyce 100mg/250mL 250mL BTL", LinkWay.Approximate, "DRUGBANK:5")]
    [InlineData(TermKind.Drug, "Furosemid", LinkWay.Approximate, "DRUGBANK:1")]
    [InlineData(TermKind.Drug, "Prednisone", null)]
    [InlineData(TermKind.Drug, "Lactate", LinkWay.Exact, "DRUGBANK:7")]
    [InlineData(TermKind.Diagnosis, "Heart failures, congestive", LinkWay.Normalised, "DOID:1")]
    [InlineData(TermKind.Diagnosis, "Hypoparathyroidism", null)]
    [InlineData(TermKind.Diagnosis, "type 2 diabetes mellitus", null)]
    [InlineData(TermKind.Diagnosis, "Hyperparathyroidsm", LinkWay.Approximate, "DOID:7")]
    [InlineData(TermKind.Laboratory, "Furosemide", LinkWay.Exact, "DRUGBANK:1")]
    [InlineData(TermKind.Laboratory, "Hyaline Casts", LinkWay.Ancestor, "EHRR1:casts")]
    [InlineData(TermKind.Laboratory, "Anemia", null)]
    public void Link_TextAlone_GoesTheFirstWayThatFinds(TermKind kind, string text, LinkWay? way, params string[] concepts) =>
        ShouldLink(Linker.Link(new ChartTerm(kind, text, [])), way, concepts);

    [Theory]
    [InlineData(TermKind.Diagnosis, "Acute on chronic failure", "ICD10CM:I50.33", LinkWay.Ancestor, "DOID:1")]
    [InlineData(TermKind.Diagnosis, "Pump of the heart failing", "ICD9CM:428.0", LinkWay.Code, "DOID:1")]
    [InlineData(TermKind.Diagnosis, "Pump of the heart failing", "ICD9CM:42", null)]
    [InlineData(TermKind.Diagnosis, "Type 1 diabetes mellitus with ketoacidosis", "ICD10CM:E10.10", LinkWay.Ancestor, "DOID:2")]
    [InlineData(TermKind.Diagnosis, "Other cardiomyopathies", "ICD10CM:I42.8", LinkWay.Normalised, "DOID:4")]
    [InlineData(TermKind.Diagnosis, "Other specified cardiomyopathies of the ventricle", "ICD10CM:I42.8", LinkWay.Ancestor, "DOID:4")]
    [InlineData(TermKind.Laboratory, "pH", "MIMICLAB:51491", LinkWay.Code, "EHRR1:urine-ph")]
    [InlineData(TermKind.Laboratory, "pH", "MIMICLAB:50820", LinkWay.Code, "EHRR1:blood-ph")]
    [InlineData(TermKind.Laboratory, "pH", "MIMICLAB:99999", LinkWay.Exact, "EHRR1:blood-ph")]
    [InlineData(TermKind.Laboratory, "Casts", "MIMICLAB:51482", LinkWay.Ancestor, "EHRR1:casts")]
    [InlineData(TermKind.DrugClass, "sulfonamides, plain", "ATC:C03CA", LinkWay.Code, "NDFRT:1")]
    [InlineData(TermKind.Drug, "Unknown water pill", "ATC:C03CA", LinkWay.Ancestor, "NDFRT:1")]
    [InlineData(TermKind.Drug, "Furosemide", "ATC:A10AB", LinkWay.Exact, "DRUGBANK:1")]
    [InlineData(TermKind.Procedure, "Performance of Urinary Filtration", "ICD10PCS:5A1D70Z", LinkWay.Ancestor, "EHRR1:dialysis")]
    [InlineData(TermKind.Procedure, "Filtration", "ICD9PROC:3995", LinkWay.Code, "EHRR1:dialysis")]
    public void Link_WithCode_GoesTheFirstWayThatFinds(TermKind kind, string text, string code, LinkWay? way, params string[] concepts)
    {
        var parts = code.Split(':');
        var term = new ChartTerm(kind, text, [new ConceptCode(parts[0], parts[1])]);
        ShouldLink(Linker.Link(term), way, concepts);
        if (way is LinkWay.Code or LinkWay.Ancestor)
            new ConceptLinker(_built.Store, new LinkOptions { UseCodes = false }).Link(term).ShouldAllBe(l => l.Way != LinkWay.Code);
    }

    [Fact]
    public void Link_MapOfCodes_FindsBySecondCode()
    {
        var map = new CodeMap([new(new("MIMICLAB", "50912"), new("LOINC", "2160-0"))]);
        var term = new ChartTerm(TermKind.Laboratory, "Kreatinin", [new ConceptCode("MIMICLAB", "50912")]);
        Linker.Link(term).ShouldBeEmpty();
        ShouldLink(new ConceptLinker(_built.Store, new LinkOptions { CodeMap = map }).Link(term), LinkWay.Code, ["EHRR1:loinc"]);
    }

    [Fact]
    public void Link_WithoutApproximate_MissesWhatIsSpelledWrong() =>
        new ConceptLinker(_built.Store, new LinkOptions { UseApproximate = false }).Link(new ChartTerm(TermKind.Drug, "Furosemid", [])).ShouldBeEmpty();

    [Fact]
    public void Link_FromManyThreads_GivesTheSame()
    {
        string[] texts = ["Furosemide", "Oxycodone-Acetaminophen", "Nitroglyce 100mg", "weak hearts", "nothing", "Heart failure, congestive"];
        var linker = Linker;
        var expected = texts.Select(t => linker.Link(new ChartTerm(TermKind.Drug, t, []))).ToList();
        Parallel.For(0, 60, i => linker.Link(new ChartTerm(TermKind.Drug, texts[i % texts.Length], [])).ShouldBe(expected[i % texts.Length]));
    }

    public void Dispose() => _built.Dispose();

    private static Action<ITerminologyIntake> Typed(string id, string name, string type) => intake =>
    {
        Concept(id, name)(intake);
        intake.SemanticType(System.Text.Encoding.UTF8.GetBytes(id), System.Text.Encoding.UTF8.GetBytes(type));
    };

    private void ShouldLink(IReadOnlyList<ConceptLink> links, LinkWay? way, string[] concepts)
    {
        links.Select(l => _built.Store.Id(l.Concept)).ShouldBe(concepts);
        links.Select(l => l.Way).Distinct().ShouldBe(way is { } known ? [known] : []);
        links.ShouldAllBe(l => l.Way == LinkWay.Approximate ? l.Similarity < 1 && l.Similarity >= 0.7 : l.Similarity == 1);
    }
}
