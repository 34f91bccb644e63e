namespace EhrR1.Training.Tests;

/// <summary>The decoder once more in double precision, one number after the other, without libtorch.</summary>
internal sealed class PlainDecoder
{
    private readonly ModelConfig _config;

    public PlainDecoder(DecoderModel model)
    {
        _config = model.Config;
        Weights = model.NamedWeights().ToDictionary(p => p.Key, p => Array.ConvertAll(Small.Numbers(p.Value), x => (double)x), StringComparer.Ordinal);
    }

    public Dictionary<string, double[]> Weights { get; }

    /// <summary>The logits after every token of one sequence.</summary>
    public double[][] Logits(IReadOnlyList<int> ids)
    {
        int hidden = _config.HiddenSize;
        var table = Weights["model.embed_tokens.weight"];
        var x = ids.Select(id => table[(id * hidden)..((id + 1) * hidden)]).ToArray();
        for (var layer = 0; layer < _config.Layers; layer++)
        {
            var at = $"model.layers.{layer}.";
            var attended = Attention(Array.ConvertAll(x, r => Norm(r, at + "input_layernorm.weight")), at + "self_attn.");
            for (var t = 0; t < x.Length; t++)
                x[t] = Sum(x[t], attended[t]);
            for (var t = 0; t < x.Length; t++)
            {
                var normed = Norm(x[t], at + "post_attention_layernorm.weight");
                var gate = Times(normed, at + "mlp.gate_proj");
                var up = Times(normed, at + "mlp.up_proj");
                x[t] = Sum(x[t], Times([.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)], at + "mlp.down_proj"));
            }
        }

        return Array.ConvertAll(x, r => Times(Norm(r, "model.norm.weight"), _config.TiesEmbeddings ? "model.embed_tokens" : "lm_head"));
    }

    /// <summary>The sum of log-probabilities of targets; a target below 0 is none.</summary>
    public double LogProbability(IReadOnlyList<int> ids, IReadOnlyList<int> targets) =>
        Logits(ids).Select((row, t) => targets[t] < 0 ? 0 : row[targets[t]] - Math.Log(row.Sum(v => Math.Exp(v - row.Max()))) - row.Max()).Sum();

    private double[][] Attention(double[][] x, string at)
    {
        int width = _config.HeadSize, groups = _config.Heads / _config.KeyValueHeads;
        double[][] Heads(string name, int count, string? norm) => [.. x.SelectMany((row, t) =>
        {
            var all = Times(row, at + name);
            return Enumerable.Range(0, count).Select(h =>
            {
                var head = all[(h * width)..((h + 1) * width)];
                if (norm is not null && _config.NormalizesHeads)
                    head = Norm(head, at + norm);
                return norm is null ? head : Turn(head, t);
            });
        })];
        var (q, k, v) = (Heads("q_proj", _config.Heads, "q_norm.weight"), Heads("k_proj", _config.KeyValueHeads, "k_norm.weight"), Heads("v_proj", _config.KeyValueHeads, null));
        return [.. x.Select((_, t) =>
        {
            var mixed = new double[_config.Heads * width];
            for (var h = 0; h < _config.Heads; h++)
            {
                double[] Of(double[][] heads, int s) => heads[(s * _config.KeyValueHeads) + (h / groups)];
                var scores = Enumerable.Range(0, t + 1).Select(s => q[(t * _config.Heads) + h].Zip(Of(k, s), (a, b) => a * b).Sum() / Math.Sqrt(width)).ToArray();
                var weights = Array.ConvertAll(scores, s => Math.Exp(s - scores.Max()));
                for (var s = 0; s <= t; s++)
                {
                    for (var i = 0; i < width; i++)
                        mixed[(h * width) + i] += weights[s] / weights.Sum() * Of(v, s)[i];
                }
            }

            return Times(mixed, at + "o_proj");
        })];
    }

    private double[] Turn(double[] head, int position)
    {
        var half = head.Length / 2;
        var turned = new double[head.Length];
        for (var i = 0; i < half; i++)
        {
            var angle = position / Math.Pow(_config.RopeTheta, (double)i / half);
            turned[i] = (head[i] * Math.Cos(angle)) - (head[i + half] * Math.Sin(angle));
            turned[i + half] = (head[i + half] * Math.Cos(angle)) + (head[i] * Math.Sin(angle));
        }

        return turned;
    }

    private double[] Times(double[] x, string name)
    {
        var matrix = Weights[name + ".weight"];
        var bias = Weights.GetValueOrDefault(name + ".bias");
        return [.. Enumerable.Range(0, matrix.Length / x.Length).Select(o => (bias?[o] ?? 0) + Enumerable.Range(0, x.Length).Sum(i => matrix[(o * x.Length) + i] * x[i]))];
    }

    private double[] Norm(double[] x, string name)
    {
        var scale = 1 / Math.Sqrt((x.Sum(v => v * v) / x.Length) + _config.NormEpsilon);
        return [.. x.Select((v, i) => v * scale * Weights[name][i])];
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
