using CsCheck;
using EhrR1.Charts;
using static EhrR1.Knowledge.Tests.SaidSource;

namespace EhrR1.Knowledge.Tests;

public sealed class TerminologyTests
{
    [Fact]
    public void Write_OtherOrderOrLittleMemory_GivesTheSameBytes()
    {
        Action<ITerminologyIntake>[] sayings = [.. Enumerable.Range(0, 300).SelectMany(i => new[]
        {
            Concept($"DOID:{i}", $"Disease {i % 250}"), Concept($"DOID:{i}", $"illness {i}"), Code($"DOID:{i}", "ICD10CM", $"A{i % 7}.{i % 10}"),
            Concept($"MESH:D{i}", $"Symptom {i}"), Code($"DOID:{i}", "MESH", $"D{i * 3 % 300}"),
            Relation($"DOID:{i}", "is a", $"DOID:{i / 2}"), Relation($"DOID:{i}", i % 2 == 0 ? "has symptom" : "resembles", $"Disease {i * 7 % 260}", byName: true),
        })];
        var forwards = Bytes(new TerminologyOptions(), new SaidSource(sayings));
        Bytes(new TerminologyOptions { SortedAtOnce = 10 }, new SaidSource(sayings)).ShouldBe(forwards);
        Bytes(new TerminologyOptions(), new SaidSource([.. sayings.Reverse()])).ShouldBe(forwards);
    }

    [Fact]
    public void Relations_RandomGraph_AreTheSameFromBothEnds() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12], Gen.Int[0, 3]).Array[1, 80].Sample(edges =>
        {
            var concepts = Enumerable.Range(0, 13).Select(i => Concept($"X:{i:d2}", $"name {i:d2}"));
            var relations = edges.Select(e => Relation($"X:{e.Item1:d2}", $"relation {e.Item3}", $"X:{e.Item2:d2}"));
            using var built = new BuiltTerminology(new TerminologyOptions { SortedAtOnce = 7 }, new SaidSource([.. relations, .. concepts]));
            var store = built.Store;
            var expected = edges.Where(e => e.Item1 != e.Item2).Select(e => (e.Item1, e.Item3, e.Item2)).ToHashSet();
            var from = Enumerable.Range(0, 13).SelectMany(c => store.RelationsFrom(c).ToArray().Select(r => (c, KindOf(store, r), r.Concept))).ToList();
            var to = Enumerable.Range(0, 13).SelectMany(c => store.RelationsTo(c).ToArray().Select(r => (r.Concept, KindOf(store, r), c))).ToList();
            from.Count.ShouldBe(expected.Count);
            to.Count.ShouldBe(expected.Count);
            expected.SetEquals(from).ShouldBeTrue();
            expected.SetEquals(to).ShouldBeTrue();
            built.Facts.Relations.ShouldBe(expected.Count);
        }, iter: 40, threads: 1);

    [Fact]
    public void Write_SharedIdentifierOneToOne_MakesOneConcept()
    {
        using var built = new BuiltTerminology(new SaidSource(
            Concept("C0018801", "Heart failure"), Concept("DOID:6000", "congestive heart failure"), Code("DOID:6000", "UMLS_CUI", "C0018801"),
            Code("DOID:6000", "ICD9CM", "428.0"), Concept("DOID:7", "cough"), Relation("DOID:6000", "has symptom", "COUGH", byName: true)));
        built.Facts.Merged.ShouldBe(1);
        int merged = built.Store.Find("C0018801");
        built.Store.Find("DOID:6000").ShouldBe(-1);
        built.Store.Find(new ConceptCode("DOID", "6000")).ShouldBe([merged]);
        built.Store.Find(new ConceptCode("ICD9CM", "4280")).ShouldBe([merged]);
        built.Store.NamesOf(merged).ShouldBe(["congestive heart failure", "heart failure"]);
        built.Sentences().ShouldBe(["Heart failure – has symptom – cough"]);
    }

    [Fact]
    public void Write_SharedIdentifierNotOneToOne_JoinsWithoutMerging()
    {
        using var built = new BuiltTerminology(new SaidSource(
            Concept("C0000001", "one"), Concept("C0000002", "two"), Concept("DOID:1", "both"), Code("DOID:1", "UMLS", "C0000001"), Code("DOID:1", "UMLS", "C0000002"),
            Concept("C0000003", "three"), Concept("DOID:2", "third"), Concept("DOID:3", "third as well"), Code("DOID:2", "UMLS", "C0000003"), Code("DOID:3", "UMLS", "C0000003")));
        built.Facts.Merged.ShouldBe(0);
        built.Store.ConceptCount.ShouldBe(6);
        built.Sentences().Order(StringComparer.Ordinal).ShouldBe(
            ["both – corresponds to – one", "both – corresponds to – two", "third as well – corresponds to – three", "third – corresponds to – three"], ignoreOrder: true);
    }

    [Fact]
    public void Write_ChainOfIdentifiers_NeverMergesTwoOfOneNamespace()
    {
        // DOID:1 is C1 by UMLS, and C1 is DOID:2 by MeSH.
        using var built = new BuiltTerminology(new SaidSource(
            Concept("C0000001", "umls"), Concept("DOID:1", "first"), Code("DOID:1", "UMLS", "C0000001"),
            Concept("DOID:2", "second"), Code("DOID:2", "MESH", "D1"), Code("C0000001", "MSH", "D1")));
        built.Facts.Merged.ShouldBe(1);
        built.Sentences().ShouldHaveSingleItem().ShouldContain("corresponds to");
    }

    [Fact]
    public void Write_RelationToAnUnknownName_MakesAConceptOfIt()
    {
        using var built = new BuiltTerminology(new SaidSource(Concept("DOID:1", "flu"), Relation("DOID:1", "transmitted by", "Droplet spread", byName: true)));
        built.Sentences().ShouldBe(["flu – transmitted by – droplet spread"]);
        built.Store.Id(built.Store.FindExact("droplet spread").Single()).ShouldBe("NAME:droplet spread");
    }

    [Theory]
    [InlineData("SNOMEDCT_US_2025_09_01", "84114007", "SNOMEDCT:84114007")]
    [InlineData("icd10cm", "i50.9", "ICD10CM:I509")]
    [InlineData("UMLS_CUI", "C0018801", "UMLS:C0018801")]
    [InlineData("NDC", "0093-0058-01", "NDC:00093005801")]
    [InlineData("NDC", "93005801", "NDC:00093005801")]
    [InlineData("LNC", "2345-7", "LOINC:2345-7")]
    [InlineData("MSH", "D006333", "MESH:D006333")]
    public void ConceptCode_AnySpelling_IsWrittenInOneWay(string vocabulary, string code, string expected) =>
        new ConceptCode(vocabulary, code).ToString().ShouldBe(expected);

    [Fact]
    public void Open_DamagedFile_IsAClearError()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("t");
        TerminologyBuild.Write([new SaidSource(Concept("DOID:1", "flu"))], path);
        var whole = File.ReadAllBytes(path);
        Should.Throw<EhrR1Exception>(() => Terminology.Open(folder.PathOf("none"))).Message.ShouldContain("cannot be opened");
        foreach (int length in new[] { 0, 31, 32, whole.Length - 1, whole.Length / 2 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Should.Throw<EhrR1Exception>(() => Terminology.Open(path)).What.ShouldBe("The file is not a terminology, or it is cut short");
        }

        // The version stands behind the footer's mark.
        whole[^24]++;
        File.WriteAllBytes(path, whole);
        Should.Throw<EhrR1Exception>(() => Terminology.Open(path)).What.ShouldBe($"The file is of version {Terminology.Version + 1}, and this program reads version {Terminology.Version}");
    }

    [Fact]
    public void File_EveryArrayOfIt_StandsInTheDocs()
    {
        using var built = new BuiltTerminology(new SaidSource(Concept("DOID:1", "flu")));
        using var file = SectionFile.Open(built.Path, Terminology.Version);
        var page = File.ReadAllText(Repository.PathOf("docs", "terminology.md"));
        file.Names.Count().ShouldBe(44);
        file.Names.Where(n => !page.Contains($"`{n}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Write_SourceFails_LeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<InvalidOperationException>(() => TerminologyBuild.Write(
            [new SaidSource([.. Enumerable.Range(0, 50).Select(i => Concept($"X:{i}", $"n{i}")), _ => throw new InvalidOperationException()])],
            folder.PathOf("t"), new TerminologyOptions { SortedAtOnce = 5 }));
        Directory.GetFileSystemEntries(folder.FullPath).ShouldBeEmpty();
    }

    private static int KindOf(Terminology store, ConceptRelation relation) => store.RelationName(relation.Kind)[^1] - '0';

    private static byte[] Bytes(TerminologyOptions options, ITerminologySource source)
    {
        using var built = new BuiltTerminology(options, source);
        return File.ReadAllBytes(built.Path);
    }
}
