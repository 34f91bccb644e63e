using System.Text;
using System.Text.Json;
using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class BpeTrainerTests
{
    private static readonly AddedTokenText[] _added = [new("<|endoftext|>", IsSpecial: true), new("<|im_start|>", IsSpecial: true), new("<|im_end|>", IsSpecial: true), new("<think>", IsSpecial: false), new("</think>", IsSpecial: false)];

    [Fact]
    public void MergeNext_Pieces_MergesAsThePlainTwinDoes() =>
        Gen.Select(Gen.Char["abc "].Array[1, 12].Select(c => new string(c)), Gen.Long[1, 9]).Array[1, 20].Sample(words =>
        {
            var pieces = words.GroupBy(w => w.Item1).Select(g => KeyValuePair.Create(g.Key, g.Sum(w => w.Item2))).ToList();
            var merging = new PairMerging(pieces);
            while (merging.Merges.Count < 30 && merging.MergeNext())
            {
            }

            merging.Merges.ShouldBe(PlainMerges(pieces, 30));
        });

    [Fact]
    public void Train_Texts_MakeATokenizerThatReadsAndWritesThem()
    {
        using var folder = new TemporaryFolder();
        string[] texts = ["Aspirin 81 mg was given. Aspirin 81 mg was given again.\n## Vital Signs\nHeart rate 81 bpm, heart rate 82 bpm\n\n", "Größe 1,70 m 😀 aspirin aspirin"];
        var trainer = new BpeTrainer();
        foreach (var text in texts)
            trainer.Add(text);
        var vocabulary = trainer.Train(300, _added);
        vocabulary.Size.ShouldBeLessThanOrEqualTo(300);
        vocabulary.Write(folder.FullPath, ChatTemplate.Plain, "<|im_end|>", "<|endoftext|>", 512);
        var tokenizer = ByteLevelTokenizer.Load(folder.FullPath);
        tokenizer.VocabularySize.ShouldBe(vocabulary.Size);
        foreach (var text in texts)
        {
            tokenizer.Decode(tokenizer.Encode(text)).ShouldBe(text);
            tokenizer.Encode(text).Length.ShouldBeLessThan(Encoding.UTF8.GetByteCount(text));
        }

        tokenizer.Encode(" was given").Length.ShouldBeLessThan(10);
        var template = ChatTemplate.Load(folder.FullPath)!;
        tokenizer.Decode(template.Encode(tokenizer, [new PromptMessage(PromptRole.User, "q")], ChatTurn.Opened, enableThinking: false)).ShouldBe("<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n");
    }

    [Fact]
    public void Write_Always_NamesAClassThatTakesThePatternFromTheFile()
    {
        using var folder = new TemporaryFolder();
        var trainer = new BpeTrainer(BpeTrainer.RecordPattern);
        trainer.Add("Aspirin 81 mg");
        trainer.Train(300, _added).Write(folder.FullPath, ChatTemplate.Plain, "<|im_end|>", "<|endoftext|>", 512);
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.FullPath, "tokenizer_config.json")));
        // Transformers 5 gives a Qwen2Tokenizer the pattern of Qwen2, whatever tokenizer.json says.
        config.RootElement.GetProperty("tokenizer_class").GetString().ShouldBe("PreTrainedTokenizerFast");
    }

    [Fact]
    public void Train_RecordPattern_NamesAndEmptyCellsAreTokensInTablesListsAndAnswers()
    {
        using var folder = new TemporaryFolder();
        const string Record = "## Chart Events [2127-02-17 18:00:00]\n| Item_Name | Valuenum | Warning |\n| Head of Bed | nan | 0 |\n| Head of Bed | nan | 0 |\n- Item_Name: Head of Bed\n- Valuenum: 36.6\n";
        var trainer = new BpeTrainer(BpeTrainer.RecordPattern);
        trainer.Add(Record);
        trainer.Train(600, _added).Write(folder.FullPath, ChatTemplate.Plain, "<|im_end|>", "<|endoftext|>", 512);
        var tokenizer = ByteLevelTokenizer.Load(folder.FullPath);
        var name = tokenizer.Encode("Head of Bed").ShouldHaveSingleItem();
        foreach (var text in (ReadOnlySpan<string>)["| Head of Bed | nan | 0 |", "- Item_Name: Head of Bed\n", "Head of Bed\nHead of Bed"])
            tokenizer.Encode(text).ShouldContain(name, text);
        tokenizer.Encode(Record).Length.ShouldBeLessThan(Record.Length / 2);
        tokenizer.Decode(tokenizer.Encode(Record)).ShouldBe(Record);
        Pieces("- Dose: 12.5 mg, nanogram | nan | [2127-02-17 18:05:00]").ShouldBe(["- ", "Dose", ": ", "12.5", " ", "mg, nanogram", " | nan | [", "2127", "-02", "-17", " ", "18", ":05", ":00", "]"]);
    }

    [Fact]
    public void Train_TextsInAnotherOrder_MakeTheSameFiles()
    {
        string[] texts = ["one two three two one", "four five six", "two three four", "sixty six"];
        Written(texts).ShouldBe(Written([.. texts.Reverse()]));
    }

    [Fact]
    public void Train_NoRoom_IsAnError() =>
        Should.Throw<EhrR1Exception>(() => new BpeTrainer().Train(260, _added)).Message.ShouldContain("260");

    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        foreach (var range in new Pieces(text, SplitPattern.Parse(BpeTrainer.RecordPattern, "records"), keepsGaps: true))
            pieces.Add(text[range]);
        return pieces;
    }

    private static string Written(string[] texts)
    {
        using var folder = new TemporaryFolder();
        var trainer = new BpeTrainer();
        foreach (var text in texts)
            trainer.Add(text);
        trainer.Train(290, _added).Write(folder.FullPath, ChatTemplate.Plain, "<|im_end|>", "<|endoftext|>", 512);
        return File.ReadAllText(folder.PathOf("tokenizer.json"));
    }

    // Counts all pairs anew in each round.
    private static List<(int Left, int Right)> PlainMerges(List<KeyValuePair<string, long>> pieces, int rounds)
    {
        var words = pieces.ConvertAll(p => (Tokens: Encoding.UTF8.GetBytes(p.Key).Select(b => (int)b).ToList(), Times: p.Value));
        var merges = new List<(int, int)>();
        while (merges.Count < rounds)
        {
            var counts = words.SelectMany(w => w.Tokens.Zip(w.Tokens.Skip(1)).Select(p => (Pair: p, w.Times))).GroupBy(p => p.Pair).Select(g => (Pair: g.Key, Count: g.Sum(p => p.Times))).Where(p => p.Count >= 2)
                .OrderByDescending(p => p.Count).ThenBy(p => p.Pair.First).ThenBy(p => p.Pair.Second).ToList();
            if (counts.Count == 0)
                break;
            var (left, right) = counts[0].Pair;
            merges.Add((left, right));
            foreach (var (tokens, _) in words)
            {
                for (var i = 0; i + 1 < tokens.Count; i++)
                {
                    if ((tokens[i], tokens[i + 1]) != (left, right))
                        continue;
                    tokens[i] = 255 + merges.Count;
                    tokens.RemoveAt(i + 1);
                }
            }
        }

        return merges;
    }
}
