using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>A linear layer, with a low-rank addition where one is attached.</summary>
internal sealed class Projection : nn.Module
{
    public Projection(int inputs, int outputs, bool hasBias, DecoderOptions options)
        : base(nameof(Projection))
    {
        Weight = Parameters.Empty(options, outputs, inputs);
        register_parameter("weight", Weight);
        if (hasBias)
        {
            Bias = Parameters.Empty(options, outputs);
            register_parameter("bias", Bias);
        }
    }

    public Parameter Weight { get; }

    public Parameter? Bias { get; }

    public LowRankAddition? Addition { get; private set; }

    public Tensor Forward(Tensor x)
    {
        var y = nn.functional.linear(x, Weight, Bias);
        return Addition is null ? y : y.PlusInPlace(Addition.Forward(x), 1);
    }

    /// <summary>Attaches a low-rank addition, or takes it off with <see langword="null"/>.</summary>
    public void Attach(LowRankAddition? addition) => Addition = addition;
}
