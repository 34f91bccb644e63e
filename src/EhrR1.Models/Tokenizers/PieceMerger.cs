using System.Collections.Concurrent;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace EhrR1.Models;

/// <summary>The tokens of a piece of text, by the merges of a vocabulary; what a short piece gave is remembered.</summary>
/// <remarks>
/// At most 65,536 pieces of up to 32 characters are remembered (some 10 MB), then it begins afresh: charts repeat few words, and texts
/// without end must not fill the memory. Safe for use by any number of threads.
/// </remarks>
internal sealed class PieceMerger
{
    private const int MostPieces = 65_536, LongestRemembered = 32, LongestForLibrary = 256;

    private readonly BpeTokenizer _merges;
    private readonly LongPieceMerges _long;
    private readonly IReadOnlyDictionary<string, int>? _whole;
    private readonly ConcurrentDictionary<string, int[]> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _knownSpans;
    private int _count;

    public PieceMerger(TokenizerFile file)
    {
        _merges = BpeTokenizer.Create(new BpeOptions(file.Vocabulary) { Merges = file.Merges, ByteLevel = true });
        _long = new LongPieceMerges(file);
        _whole = file.TakesWholePieces ? file.Vocabulary : null;
        _knownSpans = _known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The tokens of a piece.</summary>
    /// <param name="piece">A piece, without lone halves of characters.</param>
    public ReadOnlySpan<int> TokensOf(ReadOnlySpan<char> piece)
    {
        if (_knownSpans.TryGetValue(piece, out var tokens))
            return tokens;
        tokens = Merge(piece);
        if (piece.Length <= LongestRemembered && _knownSpans.TryAdd(piece, tokens) && Interlocked.Increment(ref _count) >= MostPieces)
        {
            _known.Clear();
            Interlocked.Exchange(ref _count, 0);
        }

        return tokens;
    }

    private int[] Merge(ReadOnlySpan<char> piece)
    {
        if (_whole is not null && _whole.TryGetValue(Letters(piece), out var whole))
            return [whole];
        return piece.Length <= LongestForLibrary ? [.. _merges.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false)] : _long.TokensOf(Utf8(piece));
    }

    private static byte[] Utf8(ReadOnlySpan<char> piece)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(piece)];
        Encoding.UTF8.GetBytes(piece, bytes);
        return bytes;
    }

    private static string Letters(ReadOnlySpan<char> piece) => string.Create(Encoding.UTF8.GetByteCount(piece), Utf8(piece), static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = ByteAlphabet.LetterOf(from[i]);
    });
}
