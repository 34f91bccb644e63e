namespace EhrR1.Knowledge.Tests;

public sealed class ClinicalBasicsTests
{
    [Fact]
    public void Read_Stanzas_SayWhatTheyHold()
    {
        using var built = new BuiltTerminology(new Lines(
            "# a comment", "[creatinine] Creatinine level | Laboratory Procedure", "names: serum creatinine; creatinine", "codes: LOINC:2160-0",
            "narrower: 24 hr creatinines; MIMICLAB:51067", "is raised in: chronic kidney diseases; nowhere known", "",
            "[DOID:1] chronic kidney disease", "names: CKD", "codes: ICD10CM:N18", "[DOID:404] not built in", "names: nothing", "is a: nothing at all"),
            new SaidSource(SaidSource.Concept("DOID:1", "chronic kidney disease")));
        var store = built.Store;
        int creatinine = store.Find("EHRR1:creatinine"), disease = store.Find("DOID:1");
        store.Name(creatinine).ShouldBe("Creatinine level");
        store.NamesOf(creatinine).ShouldBe(["creatinine", "creatinine level", "serum creatinine"]);
        store.CodesOf(creatinine).Select(c => c.ToString()).ShouldBe(["EHRR1:CREATININE", "LOINC:2160-0", "NARROWER:24 CREATININE HR", "NARROWER:MIMICLAB:51067"], ignoreOrder: true);
        store.Name(disease).ShouldBe("chronic kidney disease");
        store.FindExact("ckd").ShouldBe([disease]);
        store.Find(new ConceptCode("ICD10CM", "N18")).ShouldBe([disease]);
        // What another source does not hold is left out, its relations too; an object without a concept becomes one.
        store.Find("DOID:404").ShouldBe(-1);
        store.FindExact("nothing").ShouldBeEmpty();
        store.Find("NAME:nothing at all").ShouldBe(-1);
        built.Sentences().ShouldBe(["Creatinine level – is raised in – chronic kidney disease", "Creatinine level – is raised in – nowhere known"]);
    }

    [Theory]
    [InlineData("names: before any concept")]
    [InlineData("[a] Name without a type")]
    [InlineData("[a")]
    [InlineData("[] Name | Type")]
    [InlineData("[a] Name | Type\nno key")]
    [InlineData("[a] Name | Type\ncodes: 2160-0")]
    public void Read_BadLine_NamesFileAndLine(string text)
    {
        var lines = text.Split('\n');
        Should.Throw<InvalidDataException>(() => new BuiltTerminology(new Lines(lines))).Message.ShouldStartWith($"test.txt, line {lines.Length}:");
    }

    [Fact]
    public void Files_AsShipped_SayEveryConceptAndNameOnce()
    {
        var ids = ClinicalBasics.Files.SelectMany(EmbeddedTables.Lines).Where(l => l.StartsWith('[')).Select(l => l[1..l.IndexOf(']', StringComparison.Ordinal)]).ToList();
        ids.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
        ids.Count.ShouldBeGreaterThan(900);
        using var built = new BuiltTerminology(new ClinicalBasics());
        // A name of two concepts of one type would link a term to both.
        var store = built.Store;
        Enumerable.Range(0, store.Names.Count)
            .Select(n => (Name: store.Names.Name(n), Concepts: store.ConceptsOf(n).ToArray().Where(c => store.Id(c).StartsWith("EHRR1:", StringComparison.Ordinal)).ToList()))
            .Where(n => n.Concepts.SelectMany(store.SemanticTypesOf).GroupBy(t => t).Any(g => g.Count() > 1))
            .Select(n => $"{n.Name}: {string.Join(", ", n.Concepts.Select(store.Id))}").ShouldBeEmpty();
    }

    [Fact]
    public void Relations_WithTheOpenKnowledge_AllResolve()
    {
        using var built = new BuiltTerminology(new TableSource(RealData.Knowledge()), new ClinicalBasics());
        var store = built.Store;
        var basics = Enumerable.Range(0, store.ConceptCount).Where(c => store.Id(c).StartsWith("EHRR1:", StringComparison.Ordinal)).ToList();
        basics.SelectMany(c => store.RelationsFrom(c).ToArray().Where(r => store.Id(r.Concept).StartsWith("NAME:", StringComparison.Ordinal)).Select(r => $"{store.Id(c)} {store.RelationName(r.Kind)} {store.Id(r.Concept)}")).ShouldBeEmpty();
        // 270 laboratory tests, 1,300 relations.
        basics.Count(c => store.SemanticTypesOf(c).Contains("Laboratory Procedure")).ShouldBeGreaterThan(200);
        basics.Sum(c => store.RelationsFrom(c).Length).ShouldBeGreaterThan(1_200);
        // The title of a stanza about another source's concept is that concept's name.
        foreach (var line in ClinicalBasics.Files.SelectMany(EmbeddedTables.Lines).Where(l => l.StartsWith('[') && l.Contains(':', StringComparison.Ordinal) && !l.Contains('|', StringComparison.Ordinal)))
        {
            int close = line.IndexOf(']', StringComparison.Ordinal), concept = store.Find(ConceptCode.OfConcept(line[1..close])) is [var found] ? found : -1;
            concept.ShouldBeGreaterThanOrEqualTo(0, line);
            store.NamesOf(concept).ShouldContain(NameIndex.Fold(line[(close + 1)..].Trim()), line);
        }

        // What is asked for first: the disease, not a name that some relation mentions.
        store.Id(store.FindExact("heart failure").ShouldHaveSingleItem()).ShouldBe("DOID:6000");
        Enumerable.Range(0, store.ConceptCount).Count(c => store.Id(c).StartsWith("NAME:", StringComparison.Ordinal)).ShouldBeLessThan(1_100);
    }

    [Fact]
    public void Synonyms_WithTheOpenKnowledge_AllNameAConcept()
    {
        using var built = new BuiltTerminology(new TableSource(RealData.Knowledge()), new ClinicalBasics());
        var linker = new ConceptLinker(built.Store);
        var missed = ChartSynonyms.Terms.Where(t => linker.Link(new ChartTerm(t.Kind, t.Form, [])).Count == 0).Select(t => $"{t.Kind}: {t.Form}").ToList();
        missed.ShouldBeEmpty();
    }

    private sealed class Lines(params IReadOnlyList<string> lines) : ITerminologySource
    {
        public string Name => "lines";

        public IReadOnlyList<string> Licences => [];

        public void Read(ITerminologyIntake intake, IProgress<EhrR1.Charts.StageProgress>? progress, CancellationToken cancellationToken) => ClinicalBasics.Read(lines, "test.txt", intake);
    }
}
