namespace EhrR1.Reasoning.Tests;

public sealed class InstructionStatsTests
{
    [Theory]
    [InlineData(InstructionKind.Direct, InstructionFormat.Parquet)]
    [InlineData(InstructionKind.Direct, InstructionFormat.JsonLines)]
    [InlineData(InstructionKind.Reinforcement, InstructionFormat.Parquet)]
    [InlineData(InstructionKind.Reinforcement, InstructionFormat.JsonLines)]
    public void Read_WrittenSet_CountsWhatIsInIt(InstructionKind kind, InstructionFormat format)
    {
        using var workspace = new InsWorkspace(4);
        var manifest = workspace.Write("set", new InstructionOptions { Format = format, CasesPerFile = 20 }, kind);

        var stats = InstructionStatsReader.Read(workspace.PathOf("set"), mostLabels: 1);

        stats.Kind.ShouldBe(kind == InstructionKind.Direct ? "direct" : "rl");
        stats.Cases.ShouldBe(manifest.Cases);
        stats.Tokens.Total.ShouldBe(manifest.Tokens);
        stats.Tokens.Mean.ShouldBe((double)manifest.Tokens / manifest.Cases, 1e-9);
        stats.Tasks.ToDictionary(t => t.Task, t => t.Cases).ShouldBe(manifest.Tasks);
        var samples = workspace.Samples().Values.Where(s => s.Task.Name == "poe").ToList();
        var orders = stats.Tasks.Single(t => t.Task == "poe");
        orders.Patients.ShouldBe(4);
        orders.DistinctLabels.ShouldBe(2);
        orders.Labels.ShouldBe([KeyValuePair.Create("Medications", (long)samples.Count(s => s.Labels.Contains("Medications")))]);
        orders.Tokens.P5.ShouldBeLessThan(orders.Tokens.Median);
        orders.Tokens.P95.ShouldBeLessThanOrEqualTo(orders.Tokens.Most);
        stats.Attrition.ShouldBeNull();
    }
}
