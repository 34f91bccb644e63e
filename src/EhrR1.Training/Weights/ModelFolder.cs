using System.Globalization;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>A model's folder as Hugging Face lays it out: configuration, weights, tokenizer, chat template, defaults of generation.</summary>
public static class ModelFolder
{
    /// <summary>The largest file of weights that is written, 5 GB as Transformers does.</summary>
    public const long ShardBytes = 5_000_000_000;

    // What goes along unchanged when a model is written beside where it came from.
    private static readonly string[] _companions =
        ["tokenizer.json", "tokenizer.json.gz", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json"];

    /// <summary>Loads architecture and weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Device and type to hold the weights in, whatever type they have on disk.</param>
    /// <exception cref="EhrR1Exception">A file is missing or wrong, a tensor is missing, unexpected or of another shape, or memory is short; the message names it.</exception>
    public static DecoderModel LoadModel(string folder, DecoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new EhrR1Exception("There is no such model folder", folder, "Give a folder with config.json, tokenizer.json and model.safetensors, such as 'train' writes or Hugging Face offers");
        var config = ModelConfig.Read(folder);
        using var weights = OpenWeights(folder);
        CheckNames(config, weights, folder);
        try
        {
            return Filled(config, options, weights);
        }
        catch (Exception e) when (MemoryShortage.IsOf(e))
        {
            throw new EhrR1Exception(string.Create(CultureInfo.InvariantCulture, $"Memory is short for a model of {config.Parameters:#,0} parameters"), folder, "Hold the weights in bfloat16 (compute.type), take a smaller model, or a machine or GPU with more memory", e);
        }
    }

    /// <summary>Loads the tokenizer; every one of its tokens must have a row in the embedding table.</summary>
    /// <exception cref="EhrR1Exception">The file is missing or wrong, or has a token beyond the table.</exception>
    public static ByteLevelTokenizer LoadTokenizer(string folder, ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var tokenizer = ByteLevelTokenizer.Load(folder);
        // Fewer tokens than rows are usual: tables are padded to round sizes.
        if (tokenizer.VocabularySize is var tokens && tokens > config.VocabularySize)
            throw new EhrR1Exception($"The tokenizer's tokens go up to id {tokens - 1}, and the model's embedding table has {config.VocabularySize} rows", folder, "Take tokenizer and weights from the same model");
        return tokenizer;
    }

    /// <summary>Writes architecture and weights, the configuration last, so that a folder with one is whole.</summary>
    /// <param name="model">The model; additions of LoRA are not written, merge them first.</param>
    /// <param name="folder">The folder, made if it is not there.</param>
    /// <param name="companionsFrom">A folder whose tokenizer, template and generation defaults are copied; <see langword="null"/> for none.</param>
    /// <param name="type">The type to write; <see langword="null"/> for the model's own.</param>
    /// <param name="shardBytes">The largest file of weights.</param>
    /// <param name="endTokens">Tokens that the folder's generation_config.json is to name among those that end a text, or <see langword="null"/> for no more than it has.</param>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public static void Save(DecoderModel model, string folder, string? companionsFrom = null, ScalarType? type = null, long shardBytes = ShardBytes, IReadOnlyList<int>? endTokens = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Directory.CreateDirectory(folder);
        var written = type ?? model.Options.Type;
        var parameters = model.NamedWeights();
        WeightFiles.Write(folder, [.. ModelLayout.Of(model.Config).Select(t => (t.Name, (Tensor)parameters[t.Name]))], written, shardBytes);
        if (companionsFrom is not null && Path.GetFullPath(companionsFrom) != Path.GetFullPath(folder))
        {
            foreach (var name in _companions.Where(n => File.Exists(Path.Combine(companionsFrom, n))))
                AtomicFile.Write(Path.Combine(folder, name), stream => Copy(Path.Combine(companionsFrom, name), stream));
        }

        GenerationDefaults.Complete(folder, model.Config, endTokens ?? []);
        AtomicFile.WriteText(Path.Combine(folder, ModelConfig.FileName), model.Config.ToJson(NameOf(written)));
    }

    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => "float32",
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float16 => "float16",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Weights are written as Float32, BFloat16 or Float16."),
    };

    private static WeightFiles OpenWeights(string folder)
    {
        try
        {
            return WeightFiles.Open(folder);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException)
        {
            throw new EhrR1Exception($"The weights cannot be read: {e.Message}", folder, "Copy the model's files again, all of one version", e);
        }
    }

    private static void CheckNames(ModelConfig config, WeightFiles weights, string folder)
    {
        var layout = ModelLayout.Of(config);
        var left = weights.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, shape) in layout)
        {
            if (!left.Remove(name))
                throw new EhrR1Exception($"The weights lack the tensor {name}", folder, "Copy the model's files again; config.json and weights must be of the same model");
            var entry = weights.EntryOf(name);
            if (!entry.Shape.SequenceEqual(shape))
                throw new EhrR1Exception($"The tensor {name} has the shape [{string.Join(", ", entry.Shape)}], and config.json asks for [{string.Join(", ", shape)}]", weights.FileOf(name), "Take config.json and weights from the same model");
            if (entry.Type is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16))
                throw new EhrR1Exception($"The tensor {name} holds numbers of type {entry.Type}", weights.FileOf(name), "Use weights in F32, F16 or BF16; quantized ones are not supported");
        }

        // Some writers repeat the tied table, and older Llamas carry their wavelengths.
        left.RemoveWhere(n => (config.TiesEmbeddings && n == "lm_head.weight") || n.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal));
        if (left.Order(StringComparer.Ordinal).FirstOrDefault() is { } unexpected)
            throw new EhrR1Exception($"The weights hold the tensor {unexpected}, which an architecture of this config.json has not", weights.FileOf(unexpected), "Take config.json and weights from the same model; adapters must be merged first");
    }

    private static DecoderModel Filled(ModelConfig config, DecoderOptions? options, WeightFiles weights)
    {
        var model = DecoderModel.Blank(config, options);
        try
        {
            using var off = no_grad();
            foreach (var (name, parameter) in model.NamedWeights())
            {
                using var scope = NewDisposeScope();
                parameter.copy_(weights.Read(name));
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static void Copy(string from, Stream to)
    {
        using var stream = File.OpenRead(from);
        stream.CopyTo(to);
    }
}
