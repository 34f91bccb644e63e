using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Divides by the root mean square and scales (RMSNorm, Zhang and Sennrich 2019).</summary>
internal sealed class RootMeanSquareNorm : nn.Module
{
    private readonly double _epsilon;

    public RootMeanSquareNorm(int size, double epsilon, DecoderOptions options)
        : base(nameof(RootMeanSquareNorm))
    {
        _epsilon = epsilon;
        Weight = Parameters.Empty(options, size);
        register_parameter("weight", Weight);
    }

    public Parameter Weight { get; }

    public Tensor Forward(Tensor x)
    {
        if (x.dtype == ScalarType.Float32)
            return Normalize(x).mul(Weight);
        // As Transformers does it: the sum of squares in 32 bits, the scaling in the model's own type.
        return Normalize(x.to(ScalarType.Float32)).to(x.dtype).mul(Weight);
    }

    private Tensor Normalize(Tensor x) => x.mul(x.Squared().mean([-1], keepdim: true).PlusInPlace(_epsilon).rsqrt_());
}
