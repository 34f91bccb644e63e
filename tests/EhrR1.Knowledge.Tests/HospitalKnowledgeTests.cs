using System.Globalization;
using EhrR1.Hospital;

namespace EhrR1.Knowledge.Tests;

/// <summary>The built-in knowledge, read as any other terminology in RRF.</summary>
public sealed class HospitalKnowledgeTests(BuiltInKnowledge knowledge) : IClassFixture<BuiltInKnowledge>
{
    private Terminology Store => knowledge.Store;

    [Fact]
    public void Write_ReadByRrfSource_LeavesNothingOut()
    {
        var facts = knowledge.Built.Facts;
        var summary = knowledge.Summary;
        facts.LeftOut.ShouldBeEmpty();
        facts.Licences.ShouldBe([HospitalKnowledge.Licence]);
        facts.Concepts.ShouldBe(summary.Concepts + summary.NearMisses + summary.Hubs);
        facts.ConceptNames.ShouldBe(summary.Names + summary.NearMisses + summary.Hubs);
        // Each from both ends.
        facts.Relations.ShouldBe(2 * (summary.TrueRelations + summary.ClassRelations + summary.FalseRelations + summary.HubRelations));
    }

    [Fact]
    public void Write_Counts_AreThoseOfTheDocumentation()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "synthetic-hospital.md"));
        var counts = knowledge.Summary;
        foreach (int count in new[] { counts.Concepts, counts.Names, counts.TrueRelations, counts.ClassRelations, counts.FalseRelations, counts.NearMisses })
            page.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"| {count:N0} |"));
        page.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"| {counts.Hubs:N0}, {counts.HubRelations:N0} |"));
    }

    [Theory]
    [InlineData("furosemide", "may treat", "acute heart failure")]
    [InlineData("acute heart failure", "may be treated by", "LASIX")]
    [InlineData("norepinephrine", "supports care of", "septic shock")]
    [InlineData("sepsis", "raises", "lactate")]
    [InlineData("sepsis", "raises", "heartrate")]
    [InlineData("creatinine (serum)", "raised by", "AKI")]
    [InlineData("COPD", "predisposes", "pneumonia")]
    [InlineData("pneumonia", "has risk factor", "chronic obstructive pulmonary disease")]
    [InlineData("pneumonia", "has manifestation", "shortness of breath")]
    [InlineData("appendicitis", "cared for by", "SURG")]
    [InlineData("sepsis", "complicated by", "acute renal failure")]
    [InlineData("CABG", "may treat", "CAD")]
    [InlineData("loop diuretics", "inverse isa", "furosemide")]
    [InlineData("sodium", "part of", "BMP panel")]
    [InlineData("CHEST (PORTABLE AP)", "may diagnose", "pneumonia")]
    public void Relations_OfTheContent_AreReadInTheirDirection(string subject, string relation, string @object)
    {
        Store.FindExact(subject).SelectMany(c => Store.RelationsFrom(c).ToArray()).Where(r => Store.RelationName(r.Kind) == relation).Select(r => r.Concept)
            .ShouldContain(c => Store.FindExact(@object).Contains(c));
        // And not the other way round.
        Store.FindExact(@object).SelectMany(c => Store.RelationsFrom(c).ToArray()).Where(r => Store.RelationName(r.Kind) == relation).Select(r => r.Concept)
            .ShouldNotContain(c => Store.FindExact(subject).Contains(c));
    }

    [Fact]
    public void Concepts_OneForOneThing_WithCodesTypesAndDefinitions()
    {
        int vancomycin = Store.FindExact("vancomycin").First(c => Store.SemanticTypesOf(c).Contains("Pharmacologic Substance"));
        Store.CodesOf(vancomycin).Select(c => c.Vocabulary).ShouldBe(["ATC", "EHRR1", "NDC"], ignoreOrder: true);
        int injury = Store.Find(new ConceptCode("ICD10CM", "N17.9")).Single();
        Store.Name(injury).ShouldBe("Acute kidney injury");
        Store.SemanticTypesOf(injury).ShouldBe(["Disease or Syndrome"]);
        Store.DefinitionsOf(injury).Single().ShouldStartWith("A loss of kidney function");
        // The ward's, the cabinet's and the ICU's heparin are one.
        Store.FindExact("heparin sodium (prophylaxis)").ShouldBe(Store.FindExact("heparin sodium"));
        // A code is a namespace's own; the tracheostomy 31.1 is not the depression 311.
        Store.Find(new ConceptCode("ICD9PROC", "31.1")).ShouldNotBe(Store.Find(new ConceptCode("ICD9CM", "311")));
        Enumerable.Range(0, Store.ConceptCount).ShouldAllBe(c => Store.SemanticTypesOf(c).Count == 1 && Store.Id(c).StartsWith("EHRR1:"));
        Store.DefinitionsOf(Store.FindExact("loop diuretics").Single()).Single().ShouldContain("Furosemide");
    }

    [Fact]
    public void Charts_OfTwoHundredPatients_NameConceptsExactly()
    {
        var lines = new List<string>();
        foreach (var (name, terms) in HospitalTerms.Of(knowledge.Hospital))
        {
            string[] misses = [.. terms.Keys.Where(t => Store.FindExact(t).Count == 0).Order(StringComparer.Ordinal)];
            long rows = terms.Values.Sum(), missed = misses.Sum(m => (long)terms[m]);
            lines.Add($"{name}: {terms.Count - misses.Length} of {terms.Count} terms, {(rows - missed) * 100.0 / rows:0.0} % of rows{(misses.Length == 0 ? "" : "; not " + string.Join(" | ", misses.Take(12)))}");
        }

        Snapshot.ShouldMatch(string.Join('\n', lines) + "\n", "HospitalTerms.expected.txt");
    }

    [Theory]
    [InlineData(TermKind.Drug, "Vancomycin", "Pharmacologic Substance")]
    [InlineData(TermKind.Laboratory, "Vancomycin", "Laboratory Procedure")]
    [InlineData(TermKind.Drug, "Packed Red Blood Cells", "Pharmacologic Substance")]
    [InlineData(TermKind.Drug, "PO Intake", "Food")]
    [InlineData(TermKind.DrugClass, "loop diuretics", "Pharmacologic Substance")]
    [InlineData(TermKind.Observation, "Water", "Clinical Attribute")]
    [InlineData(TermKind.Observation, "Heart Rate", "Clinical Attribute")]
    [InlineData(TermKind.Observation, "Creatinine (serum)", "Laboratory Procedure")]
    [InlineData(TermKind.Observation, "OR Urine", "Body Substance")]
    [InlineData(TermKind.IntensiveCare, "20 Gauge", "Medical Device")]
    [InlineData(TermKind.Care, "SURG", "Health Care Related Organization")]
    [InlineData(TermKind.Order, "ADT orders", "Health Care Activity")]
    [InlineData(TermKind.Diagnosis, "Sepsis, unspecified organism", "Disease or Syndrome")]
    [InlineData(TermKind.Diagnosis, "Atherosclerotic heart disease of native coronary artery without angina pectoris", "Disease or Syndrome")]
    [InlineData(TermKind.DiagnosisCategory, "Septicemia (except in labor)", "Disease or Syndrome")]
    [InlineData(TermKind.Microbiology, "URINE CULTURE", "Laboratory Procedure")]
    [InlineData(TermKind.Imaging, "CT HEAD W/O CONTRAST", "Diagnostic Procedure")]
    public void Link_TermOfAKind_NamesExactlyAThingOfAFittingType(TermKind kind, string text, string type)
    {
        var links = new ConceptLinker(Store).Link(new ChartTerm(kind, text, []));
        links.ShouldNotBeEmpty();
        links.ShouldAllBe(l => l.Way == LinkWay.Exact && Store.SemanticTypesOf(l.Concept)[0] == type);
    }

    [Fact]
    public void Distractors_ByAnyName_AreNotTrue()
    {
        var truth = HospitalTruth.Read(knowledge.Hospital);
        string[][] distractors = [.. BuiltInKnowledge.Rows(Path.Combine(knowledge.RrfFolder, "distractors.csv"), "source", "relation", "target", "source_id", "target_id")];
        distractors.Length.ShouldBe(knowledge.Summary.FalseRelations + knowledge.Summary.HubRelations);
        foreach (var row in distractors.Where(r => r[1] != "isa"))
        {
            int source = Store.Find(row[3]), target = Store.Find(row[4]);
            Store.RelationsFrom(source).Contains(new ConceptRelation(target, KindOf(row[1]))).ShouldBeTrue();
            var names = Store.NamesOf(target);
            Store.NamesOf(source).SelectMany(one => names.Where(other => truth.TieOf(one, other) is TruthTie.Direct or TruthTie.Same).Select(other => $"{one} {row[1]} {other}")).ShouldBeEmpty();
        }

        ushort KindOf(string relation) => (ushort)Enumerable.Range(0, Store.RelationNameCount).First(k => Store.RelationName(k) == relation);
    }

    [Fact]
    public void Write_Twice_SameBytesForTheOwnerAlone()
    {
        using var again = new TemporaryFolder();
        HospitalKnowledge.Write(again.FullPath).ShouldBe(knowledge.Summary);
        foreach (var name in new[] { "MRCONSO.RRF", "MRREL.RRF", "MRSTY.RRF", "MRDEF.RRF", "distractors.csv" })
        {
            File.ReadAllBytes(again.PathOf(name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(knowledge.RrfFolder, name))).ShouldBeTrue(name);
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(again.PathOf(name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, name);
        }
    }
}
