using EhrR1.Charts;

namespace EhrR1.Knowledge.Tests;

public sealed class RrfSourceTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Write_TinyUmls_HoldsWhatItSays(bool compressed)
    {
        using var umls = new TinyUmls();
        using var built = new BuiltTerminology(umls.Write(compressed: compressed));
        var store = built.Store;
        store.ConceptCount.ShouldBe(3);
        int failure = store.Find("C0018801");
        store.Name(failure).ShouldBe("Heart failure");
        store.NamesOf(failure).ShouldBe(["heart failure", "heart failure, unspecified"]);
        store.SemanticTypesOf(failure).ShouldBe(["Disease or Syndrome"]);
        store.DefinitionsOf(failure).ShouldBe(["The heart cannot pump enough: «élan» lost."]);
        store.CodesOf(failure).Select(c => c.ToString()).ShouldBe(["ICD10CM:I509", "MESH:D006333", "SNOMEDCT:84114007", "UMLS:C0018801"]);
        store.Find(new ConceptCode("ICD10CM", "i50.9")).ShouldBe([failure]);
        store.FindExact("HEART failure, Unspecified").ShouldBe([failure]);
        store.FindExact("Insuficiencia cardíaca").ShouldBeEmpty();
        store.Find("C0888888").ShouldBe(-1);
        store.DefinitionsOf(store.Find("C0013404")).ShouldBeEmpty();
    }

    [Fact]
    public void Write_Relations_ReadFromTheSecondConceptToTheFirst()
    {
        using var umls = new TinyUmls();
        using var built = new BuiltTerminology(umls.Write());
        built.Sentences().ShouldBe(["Dyspnea – is parent of – Heart failure", "Furosemide – may treat – Heart failure", "Heart failure – may be treated by – Furosemide"]);
        built.Facts.Relations.ShouldBe(3);
        built.Facts.LeftOut.ShouldBe(new Dictionary<string, long> { ["relations of a concept to itself"] = 1, ["relations of concepts without a name"] = 1 }, ignoreOrder: true);
        int failure = built.Store.Find("C0018801");
        built.Store.RelationsTo(failure).ToArray().Select(r => built.Store.Name(r.Concept)).ShouldBe(["Dyspnea", "Furosemide"]);
    }

    [Fact]
    public void Write_SomeVocabularies_TakesTheirNamesAlone()
    {
        using var umls = new TinyUmls();
        using var built = new BuiltTerminology(umls.Write(new RrfOptions { Vocabularies = ["ATC", "ICD10CM"], Languages = ["ENG"] }));
        Enumerable.Range(0, built.Store.ConceptCount).Select(built.Store.Name).ShouldBe(["furosemide", "Heart failure, unspecified"]);
        built.Facts.Relations.ShouldBe(0);
    }

    [Fact]
    public void Write_OtherLanguages_TakesTheirNames()
    {
        using var umls = new TinyUmls();
        using var built = new BuiltTerminology(umls.Write(new RrfOptions { Languages = ["SPA", "GER"] }));
        built.Store.FindExact("insuficiencia CARDÍACA").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("C1|ENG|P|L1|PF|S1|Y|A1||||MSH|PT|D1|cut", "The row does not end in a vertical bar")]
    [InlineData("C1|ENG|P|L1|PF|S1|Y|A1||||MSH|PT|D1|few|0|N|", "The row has 17 columns instead of 18")]
    [InlineData("C1|ENG|P|L1|PF|S1|Y|A1||||MSH|PT|D1|many|0|N|||", "The row has more than 18 columns")]
    [InlineData("", "The row has 0 columns instead of 18")]
    public void Write_BadRow_NamesFileAndLine(string row, string what)
    {
        using var umls = new TinyUmls();
        umls.Names.Insert(2, row);
        var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(umls.Write()));
        error.What.ShouldBe(what);
        error.Where.ShouldBe($"{Path.Combine(umls.Folder, "MRCONSO.RRF")}, line 3");
    }

    [Fact]
    public void Write_NotUtf8_NamesFileAndLine()
    {
        using var umls = new TinyUmls();
        var source = umls.Write();
        File.AppendAllBytes(Path.Combine(umls.Folder, "MRDEF.RRF"), [.. "C0018801|A1|AT3||MSH|na"u8, 0xEF, .. "ve|N||\n"u8]);
        var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(source));
        error.What.ShouldBe("The line is not UTF-8");
        error.Where.ShouldNotBeNull().ShouldEndWith("MRDEF.RRF, line 3");
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Write_RowsMissingAtTheEnd_IsAnErrorWhereTheReleaseCountsThem(bool compressed)
    {
        using var umls = new TinyUmls();
        var source = umls.Write(compressed: compressed);
        var stated = Path.Combine(umls.Folder, "MRFILES.RRF");
        File.WriteAllText(stated, "MRCONSO.RRF|Concept names|CUI,LAT|18|10|1000|\nMRREL.RRF|Related concepts|CUI1|16|7|500|\nMRSAT.RRF|Attributes|CUI|13|5|5|\n");
        new BuiltTerminology(source).Dispose();
        File.WriteAllText(stated, "MRREL.RRF|Related concepts|CUI1|16|9|500|\n");
        var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(source));
        error.What.ShouldBe("The file has 7 rows, and MRFILES.RRF says that it has 9");
        error.Where.ShouldBe(Path.Combine(umls.Folder, compressed ? "MRREL.RRF.gz" : "MRREL.RRF"));
    }

    // As another program saves the file: two bytes a character, or one of Western Europe's.
    [Theory, InlineData("utf-16"), InlineData("iso-8859-1")]
    public void Write_OtherEncoding_IsAnErrorWithTheFile(string encoding)
    {
        using var umls = new TinyUmls();
        var source = umls.Write();
        var file = Path.Combine(umls.Folder, "MRDEF.RRF");
        File.WriteAllBytes(file, System.Text.Encoding.GetEncoding(encoding).GetBytes(File.ReadAllText(file)));
        var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(source));
        error.What.ShouldBe("The line is not UTF-8");
        error.Where.ShouldBe($"{file}, line 1");
    }

    [Fact]
    public void Write_NothingThatIsTaken_IsAnErrorThatNamesTheSource()
    {
        using var umls = new TinyUmls();
        var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(umls.Write(new RrfOptions { Languages = ["JPN"] })));
        error.What.ShouldBe("The sources hold no name");
        error.Where.ShouldBe("UMLS");
    }

    [Fact]
    public void Write_CutShortGzip_IsAnErrorWithTheFile()
    {
        using var umls = new TinyUmls();
        for (int i = 0; i < 20_000; i++)
            umls.Names.Add(TinyUmls.Name($"C{i + 2_000_000:d7}", "ENG", "P", "PF", "Y", "MSH", $"D{i}", $"Thing {i * 7919L}"));
        var source = umls.Write(compressed: true);
        var file = Path.Combine(umls.Folder, "MRCONSO.RRF.gz");
        var whole = File.ReadAllBytes(file);
        // At most of these places the cut leaves a whole line last.
        foreach (int length in new[] { 0, 5, 12, whole.Length / 2, whole.Length - 9, whole.Length - 8, whole.Length - 1 })
        {
            File.WriteAllBytes(file, whole[..length]);
            var error = Should.Throw<EhrR1Exception>(() => new BuiltTerminology(source));
            error.Where.ShouldNotBeNull().ShouldContain("MRCONSO.RRF.gz");
            error.What.ShouldBeOneOf("The compressed file is damaged or cut short", "The row does not end in a vertical bar");
        }

        File.WriteAllBytes(file, [.. whole, .. whole]);
        using var twice = new BuiltTerminology(source);
        twice.Store.ConceptCount.ShouldBe(20_003);
        File.WriteAllBytes(file, [.. whole, .. whole[..^20]]);
        Should.Throw<EhrR1Exception>(() => new BuiltTerminology(source));
    }

    [Fact]
    public void Write_NoFolderOrNoNames_IsAnError()
    {
        using var umls = new TinyUmls();
        Should.Throw<EhrR1Exception>(() => new BuiltTerminology(new RrfSource(umls.Folder))).What.ShouldBe("The folder holds no MRCONSO.RRF");
        umls.Names.Clear();
        Should.Throw<EhrR1Exception>(() => new BuiltTerminology(umls.Write())).What.ShouldBe("The sources hold no name");
    }

    [Fact]
    public void Write_LongAndShortNames_AreHeldOrCounted()
    {
        using var umls = new TinyUmls();
        umls.Names.Add(TinyUmls.Name("C2000001", "ENG", "P", "PF", "Y", "MSH", "D1", "K"));
        umls.Names.Add(TinyUmls.Name("C2000002", "ENG", "P", "PF", "Y", "MSH", "D2", new string('n', 10_000)));
        umls.Names.Add(TinyUmls.Name("C2000003", "ENG", "P", "PF", "Y", "MSH", "D3", new string('n', 70_000)));
        umls.Names.Add(TinyUmls.Name("C2000004", "ENG", "P", "PF", "Y", "MSH", "D4", " "));
        using var built = new BuiltTerminology(umls.Write());
        built.Store.Id(built.Store.FindExact("k").Single()).ShouldBe("C2000001");
        built.Store.Id(built.Store.FindExact(new string('N', 10_000)).Single()).ShouldBe("C2000002");
        built.Facts.LeftOut["names longer than 60000 bytes"].ShouldBe(1);
        built.Facts.LeftOut["names without text"].ShouldBe(1);
    }
}
