using EhrR1.Charts;

namespace EhrR1.Knowledge.Tests;

public sealed class TableSourceTests : IDisposable
{
    private const string Description = """
        {
          "name": "tiny", "idCut": "::", "idPrefixes": { "DB\\d+": "DRUGBANK:" },
          "tables": [
            { "file": "drugs.csv", "kind": "csv", "licence": "CC0",
              "concepts": [{ "id": "id", "name": "drug", "type": "Compound" }, { "id": "disease_id", "name": "disease", "typeColumn": "kind", "rank": 1 }],
              "codes": [{ "id": "id", "code": "atc", "vocabulary": "ATC" }],
              "relations": [{ "subject": "id", "object": "disease_id", "relationColumn": "how", "names": { "DM": "treats" } }] },
            { "file": "terms.obo", "kind": "obo", "licence": "CC BY 4.0", "type": "Disease", "optional": true }
          ]
        }
        """;

    private const string Drugs = """"
        id,drug,atc,disease_id,disease,kind,how
        Compound::DB00695,Furosemide,C03CA01,Disease::DOID:6000,"heart failure, ""congestive""",Disease,DM
        DB00999,Hydrochlorothiazide,C03AA03,DOID:10763,hypertension,Disease,NOT

        ,nobody,,DOID:10763,hypertension,Disease,DM
        """";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Write_TablesDescribedByTheFolder_HoldWhatTheySay()
    {
        Put("sources.json", Description);
        Put("drugs.csv", Drugs);
        using var built = new BuiltTerminology(new TableSource(_folder.FullPath));
        var store = built.Store;
        built.Sentences().ShouldBe(["Furosemide – treats – heart failure, \"congestive\""]);
        int furosemide = store.Find("DRUGBANK:DB00695");
        store.CodesOf(furosemide).Select(c => c.ToString()).ShouldBe(["ATC:C03CA01", "DRUGBANK:DB00695"]);
        store.SemanticTypesOf(furosemide).ShouldBe(["Compound"]);
        store.SemanticTypesOf(store.Find("DOID:6000")).ShouldBe(["Disease"]);
        built.Facts.Sources.ShouldBe(["tiny"]);
        built.Facts.Licences.ShouldBe(["CC0"]);
        built.Facts.LeftOut.ShouldBe(new Dictionary<string, long>
        {
            ["relations of drugs.csv whose value is not named in sources.json"] = 1,
            ["concepts without an identifier"] = 1,
            ["codes without a vocabulary or a concept"] = 1,
            ["relations without a subject, a name or an object"] = 1,
        }, ignoreOrder: true);
    }

    [Fact]
    public void Write_Obo_HoldsLivingTermsWithExactSynonyms()
    {
        Put("sources.json", Description.Replace("drugs.csv\", \"kind", "drugs.csv\", \"optional\": true, \"kind", StringComparison.Ordinal));
        Put("terms.obo", """
            format-version: 1.2

            [Term]
            id: DOID:1
            name: heart failure
            def: "It \"fails\", says \n the text." [url:x] {comment="y"}
            synonym: "cardiac failure" EXACT []
            synonym: "heart disease" BROAD []
            xref: ICD10CM:I50.9 {source="z"}
            xref: UMLS_CUI:C0018801 ! a comment
            alt_id: DOID:99
            is_a: DOID:2 ! heart disease
            relationship: has_symptom DOID:3 {x="y"} ! cough

            [Term]
            id: DOID:2
            name: disorder of the heart

            [Term]
            id: DOID:3
            name: cough

            [Term]
            id: DOID:4
            name: gone
            is_obsolete: true

            [Typedef]
            id: has_symptom
            name: has symptom
            """);
        using var built = new BuiltTerminology(new TableSource(_folder.FullPath));
        var store = built.Store;
        store.ConceptCount.ShouldBe(3);
        int failure = store.Find("DOID:1");
        store.NamesOf(failure).ShouldBe(["cardiac failure", "heart failure"]);
        store.DefinitionsOf(failure).ShouldBe(["It \"fails\", says   the text."]);
        store.CodesOf(failure).Select(c => c.ToString()).ShouldBe(["DOID:1", "DOID:99", "ICD10CM:I509", "UMLS:C0018801"]);
        store.SemanticTypesOf(failure).ShouldBe(["Disease"]);
        built.Sentences().ShouldBe(["heart failure – is a – disorder of the heart", "heart failure – has symptom – cough"]);
        built.Facts.LeftOut.ShouldBe(new Dictionary<string, long> { ["obsolete terms"] = 1 });
    }

    [Theory]
    [InlineData("id,drug,atc,disease_id,disease,kind\n", "The table has no column how", 1)]
    [InlineData("id,drug,atc,disease_id,disease,kind,how\na,b,c\n", "The row has 3 fields instead of 7", 2)]
    [InlineData("id,drug,atc,disease_id,disease,kind,how\na,\"b,c,d,e,f,g\n", "A quote is not closed", 2)]
    [InlineData("id,drug,atc,disease_id,disease,kind,how\n\na,\"b\"x,c,d,e,f,g\n", "Text follows a closing quote", 3)]
    public void Write_BadTable_NamesFileAndLine(string text, string what, int line)
    {
        Put("sources.json", Description);
        Put("drugs.csv", text);
        var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(new TableSource(_folder.FullPath)));
        error.What.ShouldBe(what);
        error.Where.ShouldBe($"{_folder.PathOf("drugs.csv")}, line {line}");
    }

    [Theory]
    [InlineData("[Term]\nid: DOID:1\nnonsense\n", "The line is no tag with a value", 3)]
    [InlineData("[Term]\nname: no id\n\n[Term]\nid: DOID:1\n", "The term has no id", 2)]
    [InlineData("[Term]\nid: DOID:1\ndef: \"not closed\\\"\n", "The text is not in quotes", 3)]
    [InlineData("[Term]\nid: DOID:1\nrelationship: alone\n", "The relationship names no term", 3)]
    public void Write_BadObo_NamesFileAndLine(string text, string what, int line)
    {
        Put("sources.json", Description);
        Put("drugs.csv", Drugs);
        Put("terms.obo", text);
        var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(new TableSource(_folder.FullPath)));
        error.What.ShouldBe(what);
        error.Where.ShouldBe($"{_folder.PathOf("terms.obo")}, line {line}");
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{ \"tables\": [ { \"file\": \"a\", \"licence\": \"b\",\n \"colour\": 1 } ] }", "line 2")]
    [InlineData("{ \"tables\": [ { \"file\": \"a\", \"licence\": \"b\", \"kind\": \"xls\" } ] }", "sources.json")]
    [InlineData("{ \"tables\": [ { \"file\": \"a\" } ] }", "sources.json")]
    [InlineData("{ \"tables\": [ { \"file\": \"a\", \"licence\": \"b\", \"relations\": [ { \"subject\": \"s\", \"relation\": \"r\" } ] } ] }", "sources.json")]
    [InlineData("{ \"idPrefixes\": { \"(\": \"X:\" }, \"tables\": [] }", "sources.json")]
    public void TableSource_BadDescription_IsAClearError(string json, string where)
    {
        Put("sources.json", json);
        var error = Should.Throw<EhrR1Exception>(() => new TableSource(_folder.FullPath));
        error.Where.ShouldNotBeNull().ShouldContain(where);
    }

    [Fact]
    public void Write_MissingTables_AreAnError()
    {
        Put("sources.json", Description);
        Should.Throw<EhrR1Exception>(() => new BuiltTerminology(new TableSource(_folder.FullPath))).What.ShouldBe("The folder holds no drugs.csv");
        File.Delete(_folder.PathOf("sources.json"));
        Should.Throw<EhrR1Exception>(() => new BuiltTerminology(new TableSource(_folder.FullPath))).What.ShouldBe("The folder holds none of the tables");
    }

    [Fact]
    public void BuiltIn_Description_IsValid()
    {
        var tables = TerminologyTables.BuiltIn();
        tables.Tables.Count.ShouldBe(9);
        foreach (var table in tables.Tables)
            Should.NotThrow(table.Check);
    }

    public void Dispose() => _folder.Dispose();

    private void Put(string name, string text) => File.WriteAllText(_folder.PathOf(name), text);
}
