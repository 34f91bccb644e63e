using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>What a training's manifest says of the model and the data that it begins with: enough to tell others apart, no place of this machine.</summary>
internal static class StageInputs
{
    // What decides which tokens a conversation becomes.
    private static readonly string[] _tokens = ["tokenizer.json", "tokenizer.json.gz", "tokenizer_config.json", "chat_template.jinja"];

    /// <summary>
    /// A model folder: hashes of its configuration, of tokenizer and chat template, and of each file of weights, whole: models that LoRA was merged into begin alike, and the same weights learn
    /// something else from other tokens.
    /// </summary>
    public static JsonObject OfModel(string folder)
    {
        if (!File.Exists(Path.Combine(folder, ModelConfig.FileName)))
            throw new EhrR1Exception("There is no model here: the folder has no config.json", folder, "Give a folder as Hugging Face has it, or one that 'train' wrote");
        var weights = new JsonObject();
        foreach (var file in Directory.EnumerateFiles(folder, "*.safetensors").Order(StringComparer.Ordinal))
            weights[Path.GetFileName(file)] = FileHash.OfFile(file);
        var tokens = new JsonObject([.. _tokens.Select(n => Path.Combine(folder, n)).Where(File.Exists).Select(f => KeyValuePair.Create(Path.GetFileName(f), (JsonNode?)FileHash.OfFile(f)))]);
        return new JsonObject { ["name"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), ["tokens"] = tokens, ["config"] = FileHash.OfFile(Path.Combine(folder, ModelConfig.FileName)), ["weights"] = weights };
    }

    /// <summary>An instruction set: a hash of its files.</summary>
    public static JsonObject OfData(string path, CancellationToken cancellationToken)
    {
        var files = new JsonObject();
        foreach (var file in ConversationReader.Files(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            files[Path.GetFileName(file)] = FileHash.OfFile(file);
        }

        return new JsonObject { ["name"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), ["files"] = files };
    }
}
