using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Learns a byte-level BPE vocabulary from texts, for a model that is trained from nothing.</summary>
/// <remarks>
/// Byte-pair encoding (Sennrich, Haddow and Birch 2016) over the bytes of the pieces that an expression splits text into. In each round the pair
/// of neighbouring tokens that occurs most often becomes a token; among equals the one whose tokens are older. So the same texts give the same
/// vocabulary, in any order of the texts. Texts are read once; memory grows with the number of different pieces. Not safe for several threads at once.
/// </remarks>
/// <param name="pattern">The expression, of the constructs that read the same in Oniguruma and .NET; the default is <see cref="QwenPattern"/>.</param>
/// <exception cref="EhrR1Exception">The expression has another construct.</exception>
public sealed class BpeTrainer(string pattern = BpeTrainer.QwenPattern)
{
    /// <summary>
    /// Splits records so that what a cell holds is one piece, spaces included: whatever stands between cells, empty cells too; a date, a time, a number; and the words of a name or sentence together.
    /// A vocabulary that is learned so has tokens for whole names of items and for whole rows of empty cells.
    /// </summary>
    public const string RecordPattern = @"\-\p{N}{2}|:\p{N}{2}|(?:[^\p{L}\p{N}]|nan(?!\S))+|\p{N}+(?:\.\p{N}+)?|\p{L}[^\s\p{S}\p{N}:]*(?: [^\s\p{S}\p{N}:]+)*";

    /// <summary>The expression by which Qwen2 and Qwen3 split text.</summary>
    public const string QwenPattern = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private readonly SplitPattern _pattern = SplitPattern.Parse(pattern, pattern);
    private readonly Dictionary<string, long> _pieces = new(StringComparer.Ordinal);

    /// <summary>Reads a text.</summary>
    public void Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var prepared = CanonicalComposition.Normalize(WholeCharacters.Of(text));
        var counts = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in new Pieces(prepared, _pattern, keepsGaps: true))
        {
            var piece = prepared.AsSpan()[range];
            counts[piece] = counts.TryGetValue(piece, out var count) ? count + 1 : 1;
        }
    }

    /// <summary>Makes the vocabulary.</summary>
    /// <param name="vocabularySize">Tokens with the 256 bytes and the added ones; fewer come out where no pair occurs twice any more.</param>
    /// <param name="addedTokens">Tokens of the chat template, which get the last ids.</param>
    /// <exception cref="EhrR1Exception">The size leaves no room for bytes and added tokens.</exception>
    public TrainedVocabulary Train(int vocabularySize, IReadOnlyList<AddedTokenText> addedTokens)
    {
        ArgumentNullException.ThrowIfNull(addedTokens);
        if (vocabularySize < 256 + addedTokens.Count)
            throw new EhrR1Exception($"A vocabulary of {vocabularySize} has no room for the 256 bytes and {addedTokens.Count} added tokens", null, $"Ask for {256 + addedTokens.Count + 1} at least");
        var merges = new PairMerging(_pieces.OrderBy(p => p.Key, StringComparer.Ordinal));
        while (256 + merges.Merges.Count + addedTokens.Count < vocabularySize && merges.MergeNext())
        {
        }

        return TrainedVocabulary.Of(merges.Merges, addedTokens, pattern);
    }
}
