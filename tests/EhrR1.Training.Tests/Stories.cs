using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

/// <summary>The small story-telling Llama of llama2.c, made into a Hugging Face folder.</summary>
internal static class Stories
{
    /// <summary>Where the files lie; skips the test where they do not.</summary>
    public static string Folder()
    {
        var folder = Path.Combine(RealData.Folder ?? "", "models", "stories260K");
        Assert.SkipUnless(RealData.Folder is not null && Directory.Exists(folder), "EHR_R1_DATA names no folder that holds models/stories260K.");
        return folder;
    }

    /// <summary>Writes config.json and weights. There, a head's neighbours are turned against each other; here, its halves are.</summary>
    public static void Convert(string file, string folder)
    {
        var bytes = File.ReadAllBytes(file);
        int[] header = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, 28)).ToArray();
        var (hidden, inner, layers, heads, keyHeads, vocabulary, longest) = (header[0], header[1], header[2], header[3], header[4], header[5], header[6]);
        var width = hidden / heads;
        var config = new ModelConfig
        {
            Family = ModelFamily.Llama, VocabularySize = vocabulary, HiddenSize = hidden, IntermediateSize = inner, Layers = layers, Heads = heads, KeyValueHeads = keyHeads,
            HeadSize = width, MaxPositions = longest, NormEpsilon = 1e-5, RopeTheta = 10_000, TiesEmbeddings = true, BeginToken = 1, EndTokens = [1],
        };
        var at = 28;
        Tensor Take(params long[] shape)
        {
            var count = (int)shape.Aggregate(1L, (a, b) => a * b);
            var numbers = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, 4 * count)).ToArray();
            at += 4 * count;
            return tensor(numbers, shape);
        }

        using var scope = NewDisposeScope();
        var tensors = new List<(string, Tensor)> { ("model.embed_tokens.weight", Take(vocabulary, hidden)) };
        void Add(string name, Func<Tensor, Tensor>? change, params long[] shape)
        {
            var all = Take([layers, .. shape]);
            for (var layer = 0; layer < layers; layer++)
                tensors.Add(($"model.layers.{layer}.{name}.weight", change is null ? all[layer] : change(all[layer])));
        }

        Tensor Halves(Tensor rows) => rows.view(-1, width / 2, 2, hidden).transpose(1, 2).reshape(-1, hidden);
        Add("input_layernorm", null, hidden);
        Add("self_attn.q_proj", Halves, heads * width, hidden);
        Add("self_attn.k_proj", Halves, keyHeads * width, hidden);
        Add("self_attn.v_proj", null, keyHeads * width, hidden);
        Add("self_attn.o_proj", null, hidden, heads * width);
        Add("post_attention_layernorm", null, hidden);
        Add("mlp.gate_proj", null, inner, hidden);
        Add("mlp.down_proj", null, hidden, inner);
        Add("mlp.up_proj", null, inner, hidden);
        tensors.Add(("model.norm.weight", Take(hidden)));
        WeightFiles.Write(folder, tensors, ScalarType.Float32, ModelFolder.ShardBytes);
        File.WriteAllText(Path.Combine(folder, ModelConfig.FileName), config.ToJson("float32"));
    }

    /// <summary>The texts of all tokens in a tok512.bin: the longest one's length, then score, length and bytes of each.</summary>
    public static string[] Tokens(string file, int count)
    {
        var bytes = File.ReadAllBytes(file).AsSpan(4);
        var tokens = new string[count];
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            tokens[i] = Encoding.UTF8.GetString(bytes.Slice(8, length));
            bytes = bytes[(8 + length)..];
        }

        return tokens;
    }

    /// <summary>The text of tokens: no blank after the beginning, and <c>&lt;0x0A&gt;</c> is a byte.</summary>
    public static string Text(string[] tokens, IReadOnlyList<int> ids)
    {
        var text = new StringBuilder();
        for (var i = 1; i < ids.Count; i++)
        {
            var piece = tokens[ids[i]];
            if (ids[i - 1] == 1 && piece.StartsWith(' '))
                piece = piece[1..];
            text.Append(piece.Length == 6 && piece.StartsWith("<0x", StringComparison.Ordinal) ? ((char)System.Convert.ToByte(piece[3..5], 16)).ToString() : piece);
        }

        return text.ToString();
    }
}
