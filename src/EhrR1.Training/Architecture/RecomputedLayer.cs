using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Runs a layer without keeping what its gradients need, and again when they are wanted (Chen et al. 2016).</summary>
/// <remarks>The layer has no randomness, so the second run equals the first.</remarks>
internal sealed class RecomputedLayer : autograd.SingleTensorFunction<RecomputedLayer>
{
    private const string Layer = "layer";

    public override string Name => nameof(RecomputedLayer);

    public static Tensor Run(Func<Tensor, Tensor> layer, Tensor x) => apply(x, layer);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var x = (Tensor)vars[0];
        var layer = (Func<Tensor, Tensor>)vars[1];
        ctx.save_for_backward([x]);
        ctx.save_data(Layer, layer);
        using var off = no_grad();
        return layer(x);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var layer = (Func<Tensor, Tensor>)ctx.get_data(Layer);
        var x = ctx.get_saved_variables()[0].detach().requires_grad_(true);
        using (enable_grad())
        {
            // The weights' gradients add up where they are; only that of the input is handed on.
            layer(x).backward([grad_output]);
        }

        return [x.grad!.MoveToOuterDisposeScope(), null!];
    }
}
