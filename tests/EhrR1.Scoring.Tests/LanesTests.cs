namespace EhrR1.Scoring.Tests;

/// <summary>Four replicates in one pass must be the four single evaluations, to the bit.</summary>
public sealed class LanesTests
{
    [Fact]
    public void EvaluateLanes_AnyColumns_EqualsFourEvaluations() => CsCheck.Check.Sample(RiskColumns.Unweighted, Check);

    [Fact]
    public void EvaluateLanes_AnyWeightedColumns_EqualsFourEvaluations() => CsCheck.Check.Sample(RiskColumns.Weighted, Check);

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Run_ReplicatesThatDoNotFillTheLanes_AreThoseOfSingleEvaluations(int replicates)
    {
        BinaryOutcomes outcomes = Simulated.Risk(80, 30, seed: 12);
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        IPreparedMetric metric = AveragePrecision.Prepare(outcomes, patients);
        ScoreDraws draws = PatientBootstrap.Run(
            [metric], patients, new() { Replicates = replicates, Seed = 3 }, TestContext.Current.CancellationToken)[0];
        draws.Draws.Length.ShouldBe(replicates);
        var counts = new int[patients.Count];
        for (int replicate = 0; replicate < replicates; replicate++)
        {
            PatientBootstrap.Draw(counts, 3, replicate);
            draws.Draws[replicate].ShouldBe(metric.Evaluate(counts));
        }
    }

    private static void Check(RiskColumns columns)
    {
        PatientIndex patients = PatientIndex.Of(columns.Patients);
        int[][] counts = [.. Enumerable.Range(0, Lanes.Width).Select(_ => new int[patients.Count])];
        for (int lane = 0; lane < Lanes.Width; lane++) PatientBootstrap.Draw(counts[lane], 13, lane);
        var lanes = new float[patients.Count * Lanes.Width];
        Lanes.Interleave(counts, lanes);
        foreach (IPreparedMetric metric in new[]
        {
            Auroc.Prepare(columns.Outcomes, patients), AveragePrecision.Prepare(columns.Outcomes, patients), CalibrationError.Prepare(columns.Outcomes, patients),
        })
        {
            var scores = ((ILanedMetric)metric).EvaluateLanes(lanes);
            for (int lane = 0; lane < Lanes.Width; lane++) scores[lane].ShouldBe(metric.Evaluate(counts[lane]));
        }
    }
}
