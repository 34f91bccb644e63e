using DuckDB.NET.Data;
using Shouldly;
using Xunit;

namespace EhrR1.Knowledge.Tests;

public sealed class ConceptBuildTests
{
    [Fact]
    public void Build_FailingHeart_FindsTheConceptsOfEveryEvent()
    {
        using var world = new HeartWorld();

        var summary = world.FindConcepts();

        Rows(world, "SELECT event || ': ' || term || ' = ' || coalesce(concept, '-') || coalesce(', ' || marks, '') FROM t WHERE subject_id = 1 ORDER BY position, start").ShouldBe(
        [
            "admissions: EW EMER. = -",
            "medrecon: lasix = T:3",
            "labevents: Natriuretic Peptide = T:1",
            "radiology: Pulmonary edema = T:4",
            "radiology: Pleural effusion = T:5, Negated",
            "services: MED = -",
            "prescriptions: Furosemide = T:3",
        ]);
        (summary.Notes, summary.Mentions, summary.AssertedMentions).ShouldBe((12, 4, 2));
        summary.EventsWithConcepts.ShouldBe(7);
    }

    [Fact]
    public void Build_TermsThatNameNothing_AreCountedByField()
    {
        using var world = new HeartWorld();

        var drug = world.FindConcepts().Fields.Single(f => f.EventType == "prescriptions" && f.Field == "drug");

        (drug.Rows, drug.Terms, drug.RowsLinked, drug.TermsLinked).ShouldBe((12, 11, 2, 1));
        drug.Misses.Count.ShouldBe(10);
        drug.Misses[0].ShouldBe(new MissedTerm("Drug 10", 1));
    }

    [Fact]
    public void Build_AnyThreads_SameBytes()
    {
        using var world = new HeartWorld();
        world.FindConcepts(threads: 1);
        var files = Directory.GetFiles(Path.Combine(world.Folder, "concepts")).Order(StringComparer.Ordinal).ToList();
        var bytes = files.ConvertAll(File.ReadAllBytes);

        world.FindConcepts(threads: 4);

        Directory.GetFiles(Path.Combine(world.Folder, "concepts")).Order(StringComparer.Ordinal).ShouldBe(files);
        files.ConvertAll(File.ReadAllBytes).ShouldBe(bytes);
    }

    [Fact]
    public void ReadNotes_DeniedFinding_IsNoTermOfTheHistory()
    {
        using var world = new HeartWorld();
        world.FindConcepts();

        world.Notes(0).Of(1, 4).Select(t => t.Term).ShouldBe(["Pulmonary edema"]);
    }

    [Fact]
    public void In_TerminologyWithTypes_FindsWhatSaysSomethingOfAPatient()
    {
        using var typed = new BuiltTerminology(new SaidSource([SaidSource.Concept("T:1", "Lung"), Type("T:1", "Anatomy"), SaidSource.Concept("T:2", "Pneumonia"), Type("T:2", "Disease")]));
        using var untyped = new BuiltTerminology(new SaidSource([SaidSource.Concept("T:1", "Lung"), SaidSource.Concept("T:2", "Pneumonia")]));

        Found(typed).ShouldBe(["Pneumonia"]);
        Found(untyped).ShouldBe(["Pneumonia", "Lung"]);

        static Action<ITerminologyIntake> Type(string id, string type) => intake => intake.SemanticType(System.Text.Encoding.UTF8.GetBytes(id), System.Text.Encoding.UTF8.GetBytes(type));
        static List<string> Found(BuiltTerminology built) => [.. new NoteMatcher(built.Store, PatientTypes.In(built.Store, new NoteMatcherOptions())).Find("Pneumonia of the left lung.").Select(m => built.Store.Name(m.Concept))];
    }

    private static List<string> Rows(HeartWorld world, string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql.Replace(" FROM t ", $" FROM read_parquet('{Path.Combine(world.Folder, "concepts", "0*.parquet")}') ", StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
