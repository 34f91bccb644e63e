using System.Text.Json.Nodes;
using EhrR1.Models;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

/// <summary>A model that writes the end of a turn and nothing else, as one does that learned from conversations, in a folder whose files name another token alone, as those of base models do.</summary>
internal static class TurnEnder
{
    /// <summary>The token that the files name.</summary>
    public const string Named = "<|endoftext|>";

    /// <summary>Makes the model of a folder such a one; gives the token that ends its turns.</summary>
    public static int Make(string folder)
    {
        var tokenizer = ByteLevelTokenizer.Load(folder);
        var end = tokenizer.IdOf("<|im_end|>")!.Value;
        using (var model = ModelFolder.LoadModel(folder))
        using (NewDisposeScope())
        using (no_grad())
        {
            // Hidden states are what the embeddings are, and these are all alike but for the one token, whose logit is by far the highest.
            foreach (var (name, weight) in model.NamedWeights())
            {
                if (name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal))
                    weight.zero_();
            }

            var table = model.NamedWeights()["model.embed_tokens.weight"];
            table.mul_(0.01).add_(1);
            table[end].fill_(20);
            ModelFolder.Save(model, folder);
        }

        foreach (var file in (string[])[ModelConfig.FileName, GenerationDefaults.FileName])
        {
            var path = Path.Combine(folder, file);
            var json = JsonNode.Parse(File.ReadAllText(path))!;
            json["eos_token_id"] = tokenizer.IdOf(Named);
            File.WriteAllText(path, json.ToJsonString());
        }

        return end;
    }
}
