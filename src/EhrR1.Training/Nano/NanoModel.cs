using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Makes the model that nano begins from: a vocabulary of its own and weights that know nothing yet.</summary>
public static class NanoModel
{
    private const string EndOfTurn = "<|im_end|>";
    private const string Padding = "<|endoftext|>";

    private static readonly AddedTokenText[] _added =
        [new(Padding, IsSpecial: true), new("<|im_start|>", IsSpecial: true), new(EndOfTurn, IsSpecial: true), new("<think>", IsSpecial: false), new("</think>", IsSpecial: false)];

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
