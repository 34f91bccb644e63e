using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Cosines and signed sines of a batch's positions.</summary>
internal readonly record struct RotaryAngles(Tensor Cosines, Tensor Sines)
{
    /// <summary>Turns heads, [batch, tokens, heads, width].</summary>
    public Tensor Turn(Tensor heads)
    {
        var halves = heads.chunk(2, -1);
        return heads.mul(Cosines).PlusInPlace(cat([halves[1], halves[0]], -1).mul_(Sines), 1);
    }

    public RotaryAngles MoveToOuterDisposeScope() => new(Cosines.MoveToOuterDisposeScope(), Sines.MoveToOuterDisposeScope());
}
