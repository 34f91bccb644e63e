using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Log-probabilities of given tokens, computed over a few rows of hidden states at a time, so that the logits of a whole batch are never held.</summary>
/// <remarks>The gradients compute each block of logits again: softmax minus the one that was given. Those of the table are added up in 32-bit floats.</remarks>
internal sealed class TokenLogProbability : autograd.SingleTensorFunction<TokenLogProbability>
{
    // 64 MiB of logits at a time.
    private const long LogitsAtOnce = 1 << 24;
    private const string AtOnce = "at once";

    public override string Name => nameof(TokenLogProbability);

    /// <summary>The log-probability of each row's token, [rows] of 32-bit floats.</summary>
    /// <param name="hidden">Hidden states, [rows, width].</param>
    /// <param name="table">The output table, [vocabulary, width].</param>
    /// <param name="targets">The tokens, [rows].</param>
    /// <param name="logitsAtOnce">How many logits are held at a time, a row's at least.</param>
    public static Tensor Of(Tensor hidden, Tensor table, Tensor targets, long logitsAtOnce = LogitsAtOnce) => apply(hidden, table, targets, logitsAtOnce);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (hidden, table, targets) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        ctx.save_for_backward([hidden, table, targets]);
        ctx.save_data(AtOnce, vars[3]);
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var blocks = new List<Tensor>();
        foreach (var (start, count) in Blocks(hidden, table, (long)vars[3]))
        {
            using var block = NewDisposeScope();
            var logits = Logits(hidden.narrow(0, start, count), table);
            blocks.Add(logits.gather(1, targets.narrow(0, start, count).unsqueeze(1)).squeeze(1).PlusInPlace(logits.logsumexp(1), -1).MoveToOuterDisposeScope());
        }

        return cat(blocks, 0).MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (hidden, table, targets) = (saved[0], saved[1], saved[2]);
        var hiddenGradient = empty_like(hidden);
        // In 32 bits whatever the table has: a block adds little to a sum over many.
        var tableGradient = table.requires_grad ? zeros_like(table, ScalarType.Float32) : null;
        foreach (var (start, count) in Blocks(hidden, table, (long)ctx.get_data(AtOnce)))
        {
            using var block = NewDisposeScope();
            var rows = hidden.narrow(0, start, count);
            var upstream = grad_output.narrow(0, start, count).unsqueeze(1);
            var gradient = Logits(rows, table).softmax(1).mul_(upstream.neg());
            gradient.scatter_add_(1, targets.narrow(0, start, count).unsqueeze(1), upstream);
            var typed = gradient.to(hidden.dtype);
            hiddenGradient.narrow(0, start, count).copy_(mm(typed, table));
            if (table.dtype == ScalarType.Float32)
                tableGradient?.addmm_(typed.t(), rows, 1, 1);
            else
                tableGradient?.PlusInPlace(mm(typed.t(), rows), 1);
        }

        return [hiddenGradient.MoveToOuterDisposeScope(), tableGradient?.to(table.dtype).MoveToOuterDisposeScope()!, null!, null!];
    }

    private static Tensor Logits(Tensor rows, Tensor table) => nn.functional.linear(rows, table).to(ScalarType.Float32);

    private static IEnumerable<(long Start, long Count)> Blocks(Tensor hidden, Tensor table, long logits)
    {
        long rows = hidden.shape[0], most = Math.Max(1, logits / table.shape[0]);
        for (long start = 0; start < rows; start += most)
            yield return (start, Math.Min(most, rows - start));
    }
}
