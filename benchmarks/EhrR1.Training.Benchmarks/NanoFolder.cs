using EhrR1.Models;

namespace EhrR1.Training.Benchmarks;

/// <summary>The model of nano's size with random weights, in a folder of its own: what it writes is noise, what it costs is real.</summary>
internal sealed class NanoFolder : IDisposable
{
    private const string EndOfTurn = "<|im_end|>";
    private const string Padding = "<|endoftext|>";

    public string Path { get; } = Directory.CreateTempSubdirectory("ehr-r1-bench-").FullName;

    public static NanoFolder Make()
    {
        var folder = new NanoFolder();
        var trainer = new BpeTrainer();
        var random = new Random(1);
        var words = Enumerable.Range(0, 3_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 9)).Select(_ => (char)('a' + random.Next(26))))).ToArray();
        for (var i = 0; i < 30_000; i++)
            trainer.Add(" " + words[random.Next(words.Length)]);
        var vocabulary = trainer.Train(NanoPresets.Standard.VocabularySize, [new(Padding, IsSpecial: true), new("<|im_start|>", IsSpecial: true), new(EndOfTurn, IsSpecial: true)]);
        vocabulary.Write(folder.Path, ChatTemplate.Plain, EndOfTurn, Padding, NanoPresets.Standard.MaxPositions);
        var tokenizer = ByteLevelTokenizer.Load(folder.Path);
        using var model = DecoderModel.Create(NanoPresets.Standard.Architecture(NanoPresets.Standard.VocabularySize, tokenizer.IdOf(EndOfTurn)!.Value, tokenizer.IdOf(Padding)!.Value), 1);
        ModelFolder.Save(model, folder.Path);
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
