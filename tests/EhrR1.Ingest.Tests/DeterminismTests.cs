namespace EhrR1.Ingest.Tests;

/// <summary>The same input and settings give the same bytes, and the same patients' rows in another order the same charts.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_WithOtherThreadsAndMemory_GivesTheSameBytes()
    {
        var source = ManyPatients.Make().Write(_folder.PathOf("source"));
        await Build.Run(source, _folder.PathOf("a"), o => o with { RowsPerShard = 300, Threads = 1, MemoryBytes = 512L << 20 });
        await Build.Run(source, _folder.PathOf("b"), o => o with { RowsPerShard = 300, Threads = 3, MemoryBytes = 2L << 30 });
        Build.Files(_folder.PathOf("b")).ShouldBe(Build.Files(_folder.PathOf("a")));
    }

    [Fact]
    public async Task Build_AllTablesOfTheSmallestMemory_Succeeds()
    {
        await Build.Run(SmallHospital.Make(), _folder, o => o with { Threads = 4, MemoryBytes = 512L << 20 });
        Build.Chart(_folder, 10).ItemCount.ShouldBe(30);
    }

    [Fact]
    public async Task Build_PatientsMixedInTheFiles_GivesTheSameCharts()
    {
        var source = ManyPatients.Make();
        await Build.Run(source.Write(_folder.PathOf("sorted")), _folder.PathOf("a"), o => o with { RowsPerShard = 300 });
        Mix(source);
        await Build.Run(source.Write(_folder.PathOf("mixed")), _folder.PathOf("b"), o => o with { RowsPerShard = 700, Threads = 1 });
        Build.Describe(_folder.PathOf("b")).ShouldBe(Build.Describe(_folder.PathOf("a")));
    }

    [Fact]
    public async Task Build_TableOfManyRowGroupsOutOfOrder_IsSortedAndGivesTheSameCharts()
    {
        var source = ManyPatients.Make(patients: 400, labs: 30);
        await Build.Run(source.Write(_folder.PathOf("sorted")), _folder.PathOf("a"), o => o with { StagedRowGroup = 2048, RowsPerShard = 5000 });
        Mix(source);
        await Build.Run(source.Write(_folder.PathOf("mixed")), _folder.PathOf("b"), o => o with { StagedRowGroup = 2048, RowsPerShard = 5000 });
        Build.Describe(_folder.PathOf("b")).ShouldBe(Build.Describe(_folder.PathOf("a")));
        Charts(_folder.PathOf("b")).ShouldBe(Charts(_folder.PathOf("a")));
    }

    [Fact]
    public async Task Build_OfSomePatients_GivesTheirChartsAsABuildOfAll()
    {
        var source = ManyPatients.Make().Write(_folder.PathOf("source"));
        await Build.Run(source, _folder.PathOf("a"));
        await Build.Run(source, _folder.PathOf("b"), o => o with { Subjects = [1003, 1017, 1059] });
        Build.Charts(_folder.PathOf("b")).Select(Build.Describe).ShouldBe(Build.Charts(_folder.PathOf("a")).Where(c => c.SubjectId is 1003 or 1017 or 1059).Select(Build.Describe));
    }

    // Another order of the patients; each patient's rows keep theirs.
    private static void Mix(SourceWriter source)
    {
        foreach (var table in new[] { "hosp/patients", "hosp/admissions", "hosp/omr", "hosp/labevents", "ed/edstays", "ed/vitalsign" })
        {
            var rows = source.Rows(table);
            var subject = Array.IndexOf(MimicColumns.Of[table], "subject_id");
            var queues = rows.GroupBy(r => r[subject]).Select(g => new Queue<string[]>(g)).ToList();
            var random = new Random(5);
            var mixed = new List<string[]>();
            while (queues.Count > 0)
            {
                var at = random.Next(queues.Count);
                mixed.Add(queues[at].Dequeue());
                if (queues[at].Count == 0)
                    queues.RemoveAt(at);
            }

            rows.Clear();
            rows.AddRange(mixed);
        }
    }

    private static string Charts(string workspace) => Build.Files(Path.Combine(workspace, "charts"));
}
