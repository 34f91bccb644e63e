using System.Runtime.InteropServices;
using System.Text;

namespace EhrR1.Models;

/// <summary>A byte-level BPE tokenizer, built from a model's <c>tokenizer.json</c> and equal to Hugging Face's in every token.</summary>
/// <remarks>
/// The tokenizers of Qwen2, Qwen2.5, Qwen3 and EHR-R1, of Llama 3 and of gpt-oss are of this kind; a file that asks for anything else is refused.
/// Text is plain text unless it is said to be a template: a patient's note that holds <c>&lt;|im_end|&gt;</c> gets the tokens of these ten
/// characters. Half a character alone (a lone surrogate) is read as U+FFFD. Merges are Microsoft.ML.Tokenizers'. Safe for use by any number of threads.
/// </remarks>
public sealed class ByteLevelTokenizer : ITokenCutter
{
    private readonly SplitPattern _pattern;
    private readonly bool _keepsGaps;
    private readonly bool _isComposed;
    private readonly PieceMerger _merger;
    private readonly Dictionary<int, byte[]> _bytes;
    private readonly HashSet<int> _special;
    private readonly AddedTokenFinder _finder;
    private readonly Dictionary<string, int> _added;

    private ByteLevelTokenizer(TokenizerFile file, string where)
    {
        _pattern = SplitPattern.Parse(file.Pattern, where);
        _keepsGaps = file.KeepsGaps;
        _isComposed = file.IsComposed;
        _merger = new PieceMerger(file);
        AddedTokens = file.AddedTokens;
        _finder = new AddedTokenFinder(file.AddedTokens);
        _added = file.AddedTokens.ToDictionary(t => t.Text, t => t.Id, StringComparer.Ordinal);
        _special = [.. file.AddedTokens.Where(t => t.IsSpecial).Select(t => t.Id)];
        _bytes = new Dictionary<int, byte[]>(file.Vocabulary.Count + file.AddedTokens.Count);
        foreach (var (token, id) in file.Vocabulary.Concat(file.AddedTokens.Select(t => KeyValuePair.Create(t.Text, t.Id))))
            _bytes[id] = ByteAlphabet.BytesOf(token) ?? Encoding.UTF8.GetBytes(token);
    }

    /// <summary><c>tokenizer.json</c>.</summary>
    public string Name => "tokenizer.json";

    /// <summary>Always <see langword="true"/>.</summary>
    public bool IsExact => true;

    /// <summary>The tokens beside the merges, in the order of the file.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>One more than the highest token; a model has at least so many embedding rows.</summary>
    public int VocabularySize => _bytes.Keys.Max() + 1;

    /// <summary>The id of an added token by its text, or <see langword="null"/>.</summary>
    public int? IdOf(string addedToken) => _added.TryGetValue(addedToken, out var id) ? id : null;

    /// <summary>The file that <see cref="Load"/> reads for a path: itself, or the <c>tokenizer.json</c> in a model's folder.</summary>
    public static string FileOf(string path) => TokenizerFile.Find(path);

    /// <summary>Builds the tokenizer.</summary>
    /// <param name="path">A <c>tokenizer.json</c>, the same as <c>.gz</c>, or the folder of a model that holds either.</param>
    /// <exception cref="Charts.EhrR1Exception">The file cannot be read, or asks for something that is not supported.</exception>
    public static ByteLevelTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ByteLevelTokenizer(TokenizerFile.Read(path), path);
    }

    /// <summary>The tokens of plain text, without any that a template puts around it.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 2) + 1);
        EncodePlain(text, ids);
        return [.. ids];
    }

    /// <summary>The tokens of a rendered chat template: the texts of added tokens in it are these tokens.</summary>
    /// <remarks>For text of one's own only: patients' text could end the user's turn.</remarks>
    public int[] EncodeTemplate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 2) + 1);
        var start = 0;
        while (_finder.Find(text, start) is var (index, token))
        {
            EncodePlain(text[start..index], ids);
            ids.Add(token.Id);
            start = index + token.Text.Length;
        }

        EncodePlain(text[start..], ids);
        return [.. ids];
    }

    /// <summary>Counts the tokens of plain text.</summary>
    public int Count(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var prepared = Prepare(text);
        var count = 0;
        foreach (var piece in new Pieces(prepared, _pattern, _keepsGaps))
            count += _merger.TokensOf(prepared.AsSpan()[piece]).Length;
        return count;
    }

    /// <inheritdoc />
    public ValueTask<int> CountAsync(string text, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Count(text));
    }

    /// <inheritdoc />
    public int IndexAfter(string text, int tokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        if (tokens == 0)
            return 0;
        var prepared = Prepare(text);
        var index = IndexAfterPrepared(prepared, tokens);
        if (prepared.Length == text.Length)
            return index;
        // Composed text is shorter here and there: what is left keeps its length, which is near enough for a cut.
        index = Math.Clamp(text.Length - (prepared.Length - index), 0, text.Length);
        return index < text.Length && char.IsLowSurrogate(text[index]) && index > 0 && char.IsHighSurrogate(text[index - 1]) ? index + 1 : index;
    }

    /// <summary>The text of tokens; bytes that are no UTF-8 become U+FFFD, ids that name no token are left out.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="withoutSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool withoutSpecialTokens = false) => Encoding.UTF8.GetString(DecodeBytes(ids, withoutSpecialTokens));

    /// <summary>The bytes of tokens, of which a few may be part of a character; ids that name no token are left out.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="withoutSpecialTokens">Whether special tokens are left out.</param>
    public byte[] DecodeBytes(ReadOnlySpan<int> ids, bool withoutSpecialTokens = false)
    {
        var bytes = new List<byte>(ids.Length * 4);
        foreach (var id in ids)
        {
            if (_bytes.TryGetValue(id, out var token) && !(withoutSpecialTokens && _special.Contains(id)))
                bytes.AddRange(token);
        }

        return [.. bytes];
    }

    private string Prepare(string text)
    {
        var whole = WholeCharacters.Of(text);
        return _isComposed ? CanonicalComposition.Normalize(whole) : whole;
    }

    private void EncodePlain(string text, List<int> to)
    {
        var prepared = Prepare(text);
        foreach (var piece in new Pieces(prepared, _pattern, _keepsGaps))
            to.AddRange(_merger.TokensOf(prepared.AsSpan()[piece]));
    }

    private int IndexAfterPrepared(string text, int tokens)
    {
        var left = tokens;
        foreach (var range in new Pieces(text, _pattern, _keepsGaps))
        {
            var piece = text.AsSpan()[range];
            var ids = _merger.TokensOf(piece);
            if (ids.Length < left)
            {
                left -= ids.Length;
                continue;
            }

            var bytes = 0;
            foreach (var id in ids[..left])
                bytes += _bytes[id].Length;
            return range.Start.Value + CharactersOf(piece, bytes);
        }

        return text.Length;
    }

    private static int CharactersOf(ReadOnlySpan<char> piece, int bytes)
    {
        var index = 0;
        while (bytes > 0)
        {
            Rune.DecodeFromUtf16(piece[index..], out var rune, out var length);
            bytes -= rune.Utf8SequenceLength;
            index += length;
        }

        return index;
    }
}
