using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Makes the model that nano begins from: a vocabulary of its own and weights that know nothing yet.</summary>
public static class NanoModel
{
    private const string OriginName = "made-of.json";
    private const string EndOfTurn = "<|im_end|>";
    private const string Padding = "<|endoftext|>";

    private static readonly AddedTokenText[] _added =
        [new(Padding, IsSpecial: true), new("<|im_start|>", IsSpecial: true), new(EndOfTurn, IsSpecial: true), new("<think>", IsSpecial: false), new("</think>", IsSpecial: false)];

    /// <summary>Makes a model folder from instruction sets, or takes the one that is there if it was made of the same.</summary>
    /// <remarks>Beside the model stands what it was made of: preset, seed and hashes of the sets. The same give the same bytes, so one that was made of others is made anew.</remarks>
    /// <param name="folder">The folder.</param>
    /// <param name="data">The instruction sets that the vocabulary is learned from.</param>
    /// <param name="preset">Sizes.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="making">Called before a model is made.</param>
    /// <param name="cancellationToken">Stops between two conversations.</param>
    /// <exception cref="EhrR1Exception">The folder holds a model that was not made here, there are no conversations, or the folder cannot be written.</exception>
    public static void MakeOrTake(string folder, IReadOnlyList<string> data, NanoPreset preset, long seed, Action? making = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(preset);
        var (origin, whole) = (Path.Combine(folder, OriginName), Path.Combine(folder, ModelConfig.FileName));
        var of = new JsonObject { ["preset"] = JsonSerializer.SerializeToNode(preset), ["seed"] = seed, ["data"] = new JsonArray([.. data.Select(d => (JsonNode)StageInputs.OfData(d, cancellationToken))]) }.ToJsonString() + "\n";
        if (File.Exists(whole))
        {
            if (!File.Exists(origin))
                throw new EhrR1Exception("The folder that the fresh model goes to holds a model of which nothing says what it was made of", folder, "Name another folder with --out, or delete this one");
            if (File.ReadAllText(origin) == of)
                return;
            // A folder with a configuration counts as whole, which this one is not until it is made again.
            File.Delete(whole);
        }

        making?.Invoke();
        Workspace.CreateFolder(folder);
        AtomicFile.WriteText(origin, of);
        Make(folder, data.SelectMany(d => ConversationReader.Read(d, cancellationToken)), preset, seed, cancellationToken);
    }

    /// <summary>Makes a model folder.</summary>
    /// <param name="folder">The folder; it is whole when it has a config.json.</param>
    /// <param name="conversations">What the vocabulary is learned from.</param>
    /// <param name="preset">Sizes.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="cancellationToken">Stops between two conversations.</param>
    /// <exception cref="EhrR1Exception">There are no conversations, or the folder cannot be written.</exception>
    public static void Make(string folder, IEnumerable<Conversation> conversations, NanoPreset preset, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        ArgumentNullException.ThrowIfNull(preset);
        var trainer = new BpeTrainer(BpeTrainer.RecordPattern);
        foreach (var conversation in conversations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var message in conversation.Messages)
                trainer.Add(message.Text);
        }

        var vocabulary = trainer.Train(preset.VocabularySize, _added);
        Workspace.CreateFolder(folder);
        vocabulary.Write(folder, ChatTemplate.Plain, EndOfTurn, Padding, preset.MaxPositions);
        var tokenizer = ByteLevelTokenizer.Load(folder);
        using var model = DecoderModel.Create(preset.Architecture(vocabulary.Size, tokenizer.IdOf(EndOfTurn)!.Value, tokenizer.IdOf(Padding)!.Value), seed);
        ModelFolder.Save(model, folder);
    }
}
