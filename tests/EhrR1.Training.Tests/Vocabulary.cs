using EhrR1.Models;

namespace EhrR1.Training.Tests;

/// <summary>A small tokenizer, and a random model with it in one folder.</summary>
internal static class Vocabulary
{
    public static void Write(string folder)
    {
        var trainer = new BpeTrainer();
        foreach (var word in new[] { "the patient", "yes", "no", "the heart", "the patient lives" })
            trainer.Add(string.Concat(Enumerable.Repeat(word + " ", 5)));
        Directory.CreateDirectory(folder);
        trainer.Train(290, [new("<|endoftext|>", IsSpecial: true), new("<|im_start|>", IsSpecial: true), new("<|im_end|>", IsSpecial: true), new("<think>", IsSpecial: false), new("</think>", IsSpecial: false)])
            .Write(folder, ChatTemplate.Plain, "<|im_end|>", "<|endoftext|>", 128);
    }

    public static void WriteModel(string folder)
    {
        Write(folder);
        using var model = Small.Model(Small.Config(ModelFamily.Qwen3) with { VocabularySize = 320, EndTokens = [] });
        ModelFolder.Save(model, folder);
    }
}
