using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The layer that follows attention: down(silu(gate) · up) (SwiGLU, Shazeer 2020).</summary>
internal sealed class GatedLayer : nn.Module
{
    public GatedLayer(ModelConfig config, DecoderOptions options)
        : base(nameof(GatedLayer))
    {
        Gate = new Projection(config.HiddenSize, config.IntermediateSize, hasBias: false, options);
        Up = new Projection(config.HiddenSize, config.IntermediateSize, hasBias: false, options);
        Down = new Projection(config.IntermediateSize, config.HiddenSize, hasBias: false, options);
        register_module("gate_proj", Gate);
        register_module("up_proj", Up);
        register_module("down_proj", Down);
    }

    public Projection Gate { get; }

    public Projection Up { get; }

    public Projection Down { get; }

    public Tensor Forward(Tensor x) => Down.Forward(nn.functional.silu(Gate.Forward(x)).mul(Up.Forward(x)));
}
