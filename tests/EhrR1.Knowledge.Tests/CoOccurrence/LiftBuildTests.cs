using CsCheck;
using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;
using Shouldly;
using Xunit;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Knowledge.Tests;

public sealed class LiftBuildTests
{
    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public void Build_RandomCharts_EqualsTheDefinition(ChartProfile profile)
    {
        var options = new LiftOptions { LeastSamples = 2, LiftAbove = 1.2, Memory = 4096, Threads = 2 };
        ChartGen.OneRow.Array[10, 60].Array[1, 3].Sample(rows =>
        {
            using var folder = new TemporaryFolder();
            using var workspace = Workspace(folder, profile, rows.Select((r, i) => Subject(r, i + 1, profile)));

            LiftBuild.Build(workspace, folder.PathOf("lift"), options);

            Read(folder).ShouldBe(PlainLift.Pairs(workspace, options));
        }, iter: 15, threads: 1);
    }

    [Fact]
    public void Build_AnyThreadsAndMemory_SameBytes()
    {
        using var folder = new TemporaryFolder();
        var gen = new Random(3);
        using var workspace = Workspace(folder, ChartProfile.EhrBench, Enumerable.Range(1, 6).Select(i => Subject([.. Enumerable.Range(0, 60).Select(_ => RandomRow(gen))], i, ChartProfile.EhrBench)));
        var plenty = new LiftOptions { LeastSamples = 1, LiftAbove = 0.5, Threads = 1 };

        LiftBuild.Build(workspace, folder.PathOf("lift"), plenty).Spills.ShouldBe(0);
        var bytes = File.ReadAllBytes(folder.PathOf("lift/pairs.parquet"));
        LiftBuild.Build(workspace, folder.PathOf("lift"), plenty with { Memory = 1, Threads = 4 }).Spills.ShouldBeGreaterThan(50);

        File.ReadAllBytes(folder.PathOf("lift/pairs.parquet")).ShouldBe(bytes);
        Directory.GetFiles(folder.PathOf("lift")).ShouldHaveSingleItem();
    }

    [Fact]
    public void Build_TargetInAFifthOfTheSamples_CanNeverPassAndIsCounted()
    {
        using var folder = new TemporaryFolder();
        // Sodium is ordered after furosemide in one patient of five, and N / n(t) is 5.
        using var workspace = Workspace(folder, ChartProfile.Strict, Enumerable.Range(1, 5).Select(i => Patient(i)
            .Add("prescriptions", At(1), 1, ("drug", i == 1 ? "Furosemide" : "Aspirin"))
            .Lab(3, i == 1 ? "Sodium" : $"Item {i}").Build(ChartProfile.Strict)));

        var summary = LiftBuild.Build(workspace, folder.PathOf("lift"), new LiftOptions { LeastSamples = 1, Tasks = ["labevents"] }).Tasks.Single();

        Read(folder).ShouldBeEmpty();
        (summary.Samples, summary.Targets, summary.TooCommon, summary.SamplesTooCommon, summary.Kept).ShouldBe((5, 5, 5, 5, 0));
    }

    [Fact]
    public void Build_TextsThatDifferInCase_AreOneTermAndNoPairOfItself()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Workspace(folder, ChartProfile.Strict, Enumerable.Range(1, 4).Select(i => Patient(i)
            .Add("prescriptions", At(1), 1, ("drug", i == 1 ? "HEPARIN" : $"Drug {i}"))
            .Add("prescriptions", At(3), 1, ("drug", i == 1 ? "Heparin" : $"Drug {i}")).Build(ChartProfile.Strict)));

        LiftBuild.Build(workspace, folder.PathOf("lift"), new LiftOptions { LeastSamples = 1, LiftAbove = 0, Tasks = ["prescriptions"] });

        Read(folder).ShouldNotContain(p => p.Target == p.History);
        Read(folder).Select(p => p.Target).ShouldNotContain("Heparin", "the spelling that comes first stands for both");
    }

    [Fact]
    public void Build_ConceptsOfNotes_StandInTheHistory()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Workspace(folder, ChartProfile.Strict, Enumerable.Range(1, 6).Select(i => Patient(i)
            .Add("radiology", At(1), 1, ("text", "…"))
            .Lab(3, i == 1 ? "Troponin" : $"Item {i}").Build(ChartProfile.Strict)));
        var positions = Enumerable.Range(1, 6).Select(i => (Subject: (long)i, Position: 2, Term: i == 1 ? "Chest Pain" : "Fracture", VisibleFrom: (DateTime?)At(1), Spelling: "…"));

        LiftBuild.Build(workspace, folder.PathOf("lift"), new LiftOptions { LeastSamples = 1, Tasks = ["labevents"] }, _ => new NoteTerms(positions));

        Read(folder).ShouldBe([new LiftPair("labevents", "Troponin", "Chest Pain", 1, 1, 1, 6)]);
    }

    [Fact]
    public void Build_AutomaticThreshold_KeepsWhatIsSignificantHoweverCommon()
    {
        using var folder = new TemporaryFolder();
        // Half of the patients get both, the others neither: a Lift of 2 that no chance explains. What differs by patient is chance.
        using var workspace = Workspace(folder, ChartProfile.Strict, Enumerable.Range(1, 40).Select(i => Patient(i)
            .Add("prescriptions", At(1), 1, ("drug", i % 2 == 0 ? "Furosemide" : "Aspirin"), ("drug_type", "MAIN"))
            .Add("services", At(2), 1, ("curr_service", i % 7 < 3 ? "MED" : "SURG"))
            .Lab(3, i % 2 == 0 ? "Potassium" : "Troponin").Build(ChartProfile.Strict)));

        LiftBuild.Build(workspace, folder.PathOf("lift"), new LiftOptions { LiftAbove = null, Tasks = ["labevents"] });

        var pairs = Read(folder);
        pairs.Select(p => (p.Target, p.History)).ShouldBe([("Potassium", "Furosemide"), ("Troponin", "Aspirin")]);
        // One of the 137,846,528,820 ways to choose 20 of 40.
        pairs[0].PValue!.Value.ShouldBe(1 / 137_846_528_820.0, 1e-22);
    }

    [Fact]
    public void Build_TaskWithoutItems_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Workspace(folder, ChartProfile.Strict, [Patient(1).Lab(3).Build(ChartProfile.Strict)]);

        Should.Throw<EhrR1Exception>(() => LiftBuild.Build(workspace, folder.PathOf("lift"), new LiftOptions { Tasks = ["Inpatient_Mortality"] })).Message.ShouldContain("Inpatient_Mortality");
    }

    private static ChartBuilder Patient(int subject) => new ChartBuilder(subject).Patient().Admission(0, 60);

    private static PatientChart Subject(ChartGen.Row[] rows, int subject, ChartProfile profile) => ChartGen.Make(rows).Build(profile) with { SubjectId = subject };

    private static ChartGen.Row RandomRow(Random random)
    {
        string[] types = ["labevents/item_name", "prescriptions/drug", "services/curr_service", "poe/order_type"];
        var type = types[random.Next(types.Length)].Split('/');
        return new ChartGen.Row(type[0], type[1], random.Next(0, 200) / 4.0, 1, $"name {random.Next(6)}", 0);
    }

    private static Workspace Workspace(TemporaryFolder folder, ChartProfile profile, IEnumerable<PatientChart> charts)
    {
        var workspace = TinyWorkspace.Create(folder.PathOf("workspace"), profile, [.. charts]);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { TestShare = 0, FewShotShare = 0 });
        return workspace;
    }

    private static List<LiftPair> Read(TemporaryFolder folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT task, target, history, n_target, n_history, n_together, n, p_value, lift FROM read_parquet('{folder.PathOf("lift/pairs.parquet")}')";
        using var reader = command.ExecuteReader();
        var pairs = new List<LiftPair>();
        while (reader.Read())
        {
            pairs.Add(new LiftPair(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.IsDBNull(7) ? null : reader.GetDouble(7)));
            reader.GetDouble(8).ShouldBe(pairs[^1].Lift);
        }

        return pairs;
    }
}
