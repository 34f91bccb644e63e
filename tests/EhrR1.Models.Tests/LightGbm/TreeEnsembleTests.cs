namespace EhrR1.Models.Tests;

public sealed class TreeEnsembleTests
{
    [Fact]
    public void Probability_OfFittedModel_EqualsLightGbmsOwn()
    {
        var (rows, outcomes) = Rows(400, 60, 1);
        using var fit = new LightGbmFit(rows, new TreeSettings());
        var (model, expected) = fit.FitAndPredict(outcomes, rows);
        var trees = TreeEnsemble.Parse(model);
        var dense = new float[rows.Columns];
        for (var i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, dense);
            trees.Probability(dense).ShouldBe(expected[i], 1e-12);
        }

        expected.Max().ShouldBeGreaterThan(expected.Min() + 0.2);
    }

    [Fact]
    public void Fit_SecondOutcomeOnOneDataset_EqualsFreshFit()
    {
        var (rows, outcomes) = Rows(300, 40, 2);
        var other = outcomes.Select((o, i) => i % 3 == 0 ? !o : o).ToArray();
        using var shared = new LightGbmFit(rows, new TreeSettings());
        _ = shared.Fit(outcomes);
        using var fresh = new LightGbmFit(rows, new TreeSettings());
        shared.Fit(other).ShouldBe(fresh.Fit(other));
    }

    [Fact]
    public void Fit_OnSeveralThreadsAtOnce_GivesTheSameBytes()
    {
        var (rows, outcomes) = Rows(300, 40, 3);
        var models = new string[8];
        Parallel.For(0, models.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var fit = new LightGbmFit(rows, new TreeSettings());
            models[i] = fit.Fit(outcomes);
        });
        models.ShouldAllBe(m => m == models[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_OneClassOnly_PredictsIt(bool outcome)
    {
        var (rows, _) = Rows(50, 5, 4);
        using var fit = new LightGbmFit(rows, new TreeSettings());
        var trees = TreeEnsemble.Parse(fit.Fit(Enumerable.Repeat(outcome, 50).ToArray()));
        trees.Probability(new float[5]).ShouldBe(outcome ? 1 : 0, 0.01);
    }

    [Fact]
    public void Parse_TextCutOff_IsRefused()
    {
        var (rows, outcomes) = Rows(100, 10, 5);
        using var fit = new LightGbmFit(rows, new TreeSettings());
        var model = fit.Fit(outcomes);
        Should.Throw<FormatException>(() => TreeEnsemble.Parse(model[..(model.Length / 4)]));
    }

    private static (SparseRows Rows, bool[] Outcomes) Rows(int count, int columns, int seed)
    {
        var random = new Random(seed);
        var rows = new SparseRows(columns);
        var outcomes = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var signal = 0.0;
            for (var c = 0; c < columns; c++)
            {
                if (random.NextDouble() > 0.3)
                    continue;
                var value = random.Next(1, 9);
                rows.Add(c, value);
                signal += c < 3 ? value : 0;
            }

            rows.EndRow();
            outcomes[i] = signal + (random.NextDouble() * 4) > 6;
        }

        return (rows, outcomes);
    }
}
