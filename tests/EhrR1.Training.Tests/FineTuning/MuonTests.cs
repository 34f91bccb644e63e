using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class MuonTests
{
    [Theory]
    [InlineData(5, 9)]
    [InlineData(9, 5)]
    [InlineData(7, 7)]
    public void Orthogonal_RandomMatrix_KeepsItsSingularVectorsAndHasValuesNearOne(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var matrix = randn([rows, columns], generator: random);
        var made = Muon.Orthogonal(matrix);
        made.shape.ShouldBe([rows, columns]);
        var (left, _, right) = linalg.svd(matrix, fullMatrices: false);
        // U'MV holds the singular values of what was made, if the vectors are the same.
        var inner = mm(mm(left.t(), made), right.t());
        var values = inner.diagonal();
        (inner - diag(values)).abs().max().item<float>().ShouldBeLessThan(1e-3f);
        values.min().item<float>().ShouldBeGreaterThan(0.3f);
        values.max().item<float>().ShouldBeLessThan(1.3f);
    }

    [Fact]
    public void Step_MatrixOfALayer_MovesByTheSizeOfAdamsStepAndOthersByAdamW()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        var (matrix, table, twin) = (new Parameter(zeros(8, 6)), new Parameter(ones(8, 6)), new Parameter(ones(8, 6)));
        using var optimizer = new Muon([("model.layers.0.mlp.up_proj.weight", matrix), ("model.embed_tokens.weight", table)], rate: 3);
        using var plain = new AdamW([("table", twin)]);
        for (var step = 0; step < 4; step++)
        {
            var weights = randn([8, 6], generator: random);
            (matrix.mul(weights).sum() + table.mul(weights).pow(2).sum() + twin.mul(weights).pow(2).sum()).backward();
            using var before = no_grad();
            var was = matrix.clone();
            optimizer.Step(0.01);
            plain.Step(0.01);
            optimizer.ZeroGradients();
            plain.ZeroGradients();
            // Six singular values near 1 over 48 elements, times 0.2 √8.
            (matrix - was).pow(2).mean().sqrt().item<float>().ShouldBe(0.03f * 0.2f, 0.003f);
        }

        (table - twin).abs().max().item<float>().ShouldBe(0);
        optimizer.Steps.ShouldBe(4);
    }

    [Fact]
    public void Restore_State_GoesOnAsIfNotStopped()
    {
        using var scope = NewDisposeScope();
        var (whole, stopped) = (new Parameter(ones(4, 4)), new Parameter(ones(4, 4)));
        using var first = Of(whole);
        Steps(first, whole, 0, 6);
        using var before = Of(stopped);
        Steps(before, stopped, 0, 3);
        using var after = Of(stopped);
        after.Restore(before.State(), before.Steps);
        Steps(after, stopped, 3, 6);
        (whole - stopped).abs().max().item<float>().ShouldBe(0);
    }

    private static Muon Of(Parameter parameter) => new([("layers.0.weight", parameter)], rate: 1);

    private static void Steps(Muon optimizer, Parameter parameter, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            using var random = new Generator((ulong)step);
            parameter.mul(randn([4, 4], generator: random)).pow(2).sum().backward();
            optimizer.Step(0.01);
            optimizer.ZeroGradients();
        }
    }
}
