using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The addition to a matrix that LoRA trains, scale · B · A (Hu et al. 2021).</summary>
internal sealed class LowRankAddition : IDisposable
{
    public LowRankAddition(Projection onto, int rank, double scale, DecoderOptions options)
    {
        A = Parameters.Empty(options, rank, onto.Weight.shape[1]);
        B = Parameters.Empty(options, onto.Weight.shape[0], rank);
        Scale = scale;
    }

    public Parameter A { get; }

    public Parameter B { get; }

    public double Scale { get; }

    public Tensor Forward(Tensor x) => nn.functional.linear(nn.functional.linear(x, A), B).TimesInPlace(Scale);

    /// <summary>The matrix that is added.</summary>
    public Tensor Product() => mm(B, A).TimesInPlace(Scale);

    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
    }
}
