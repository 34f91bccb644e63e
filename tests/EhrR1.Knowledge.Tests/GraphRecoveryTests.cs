using EhrR1.Charts;

namespace EhrR1.Knowledge.Tests;

public sealed class GraphRecoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Lasix", "ACUTE HEART FAILURE", TruthTie.Direct)]
    [InlineData("Heart failure, unspecified", "furosemide", TruthTie.Direct)]
    [InlineData("loop diuretics", "Heart failure, unspecified", TruthTie.Direct)]
    [InlineData("Furosemide", "loop diuretics", TruthTie.Same)]
    [InlineData("Furosemide", "Lasix", TruthTie.Same)]
    [InlineData("Furosemide", "NTproBNP", TruthTie.ThroughCondition)]
    [InlineData("NTproBNP", "loop diuretics", TruthTie.ThroughCondition)]
    [InlineData("Gout", "Furosemide", TruthTie.None)]
    [InlineData("Gout", "Heart failure, unspecified", TruthTie.None)]
    // A ward is a common neighbour, and not a condition.
    [InlineData("NTproBNP", "Ward lab", TruthTie.None)]
    [InlineData("Furosemide", "Hearsay", TruthTie.Unknown)]
    public void TieOf_NamesInEitherOrder_IsTheClosest(string one, string other, TruthTie tie)
    {
        var truth = Truth();
        truth.TieOf(one, other).ShouldBe(tie);
        truth.TieOf(other, one).ShouldBe(tie);
        truth.Relations.ShouldBe(4);
    }

    [Fact]
    public void Measure_ThreeMethods_CountsRecallAndPrecision()
    {
        TermPair direct = new("Lasix", "Acute heart failure"), alsoDirect = new("loop diuretics", "Acute heart failure"), through = new("Furosemide", "NTproBNP"),
            none = new("Gout", "Furosemide"), alsoNone = new("Gout", "NTproBNP"), same = new("Furosemide", "Lasix"), unknown = new("Gout", "Hearsay");
        var occurring = new HashSet<TermPair> { direct, alsoDirect, through, none, alsoNone, same, unknown };
        var report = GraphRecovery.Measure(Truth(), occurring,
            [new("graph", new HashSet<TermPair> { direct, through, same }), new("lift", new HashSet<TermPair> { direct, none, alsoNone, unknown }), new("paths", new HashSet<TermPair>())], TestContext.Current.CancellationToken);
        (report.Pairs, report.Judged, report.Same, report.Unknown).ShouldBe((7, 5, 1, 1));
        report.Rows.ShouldBe(
        [
            new RecoveryRow("graph", TruthTie.Direct, True: 2, Found: 2, Hits: 1),
            new RecoveryRow("graph", TruthTie.ThroughCondition, True: 3, Found: 2, Hits: 2),
            new RecoveryRow("lift", TruthTie.Direct, True: 2, Found: 3, Hits: 1),
            new RecoveryRow("lift", TruthTie.ThroughCondition, True: 3, Found: 3, Hits: 1),
            new RecoveryRow("paths", TruthTie.Direct, True: 2, Found: 0, Hits: 0),
            new RecoveryRow("paths", TruthTie.ThroughCondition, True: 3, Found: 0, Hits: 0),
        ]);
        report.Rows[1].Recall.ShouldBe(2.0 / 3);
        report.Rows[2].Precision.ShouldBe(1.0 / 3);
        report.Rows[4].Precision.ShouldBeNull();
        report.Rows[4].Recall.ShouldBe(0);
    }

    [Fact]
    public void Measure_NothingTrue_HasNoRecall() =>
        GraphRecovery.Measure(Truth(), new HashSet<TermPair> { new("Gout", "Furosemide") }, [new("graph", new HashSet<TermPair>())], TestContext.Current.CancellationToken).Rows.ShouldAllBe(r => r.Recall == null);

    [Fact]
    public void Measure_FoundPairThatDoesNotOccur_IsRefused() =>
        Should.Throw<ArgumentException>(() => GraphRecovery.Measure(Truth(), new HashSet<TermPair>(), [new("graph", new HashSet<TermPair> { new("a", "b") })], TestContext.Current.CancellationToken));

    [Fact]
    public void Read_FolderWithoutTruth_SaysSo()
    {
        Directory.CreateDirectory(_folder.PathOf("truth"));
        var error = Should.Throw<EhrR1Exception>(() => HospitalTruth.Read(_folder.FullPath));
        error.Where.ShouldBe(_folder.PathOf("truth", "names.csv"));
        // A hospital of an earlier version.
        File.WriteAllText(_folder.PathOf("truth", "names.csv"), "id,kind,name,is_class\nX:1,Drug,Furosemide,0\n");
        File.WriteAllText(_folder.PathOf("truth", "relations.csv"), "source,relation,target\na,treats,b\n");
        Should.Throw<EhrR1Exception>(() => HospitalTruth.Read(_folder.FullPath)).What.ShouldContain("source_id");
        File.WriteAllText(_folder.PathOf("truth", "relations.csv"), "source,relation,target,source_id,target_id\na,treats,b,X:1,X:2\n");
        Should.Throw<EhrR1Exception>(() => HospitalTruth.Read(_folder.FullPath)).What.ShouldBe("A relation joins X:2, which has no name");
    }

    private HospitalTruth Truth()
    {
        Directory.CreateDirectory(_folder.PathOf("truth"));
        File.WriteAllText(_folder.PathOf("truth", "names.csv"), """
            id,kind,name,is_class
            X:1,Condition,Acute heart failure,0
            X:1,Condition,"Heart failure, unspecified",0
            X:2,Drug,Furosemide,0
            X:2,Drug,Lasix,0
            X:2,Drug,loop diuretics,1
            X:3,DrugClass,loop diuretics,0
            X:4,Laboratory,NTproBNP,0
            X:5,Condition,Gout,0
            X:6,Service,Ward,0
            X:7,Laboratory,Ward lab,0

            """);
        File.WriteAllText(_folder.PathOf("truth", "relations.csv"), """
            source,relation,target,source_id,target_id
            Furosemide,treats,Acute heart failure,X:2,X:1
            Furosemide,supports,Acute heart failure,X:2,X:1
            Acute heart failure,coded as,I509,X:1,
            Acute heart failure,raises,NTproBNP,X:1,X:4
            NTproBNP,drawn in,Ward,X:4,X:6
            Ward lab,drawn in,Ward,X:7,X:6

            """);
        return HospitalTruth.Read(_folder.FullPath);
    }
}
