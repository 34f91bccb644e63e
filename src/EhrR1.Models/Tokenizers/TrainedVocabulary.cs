using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>A vocabulary that was learned, ready to be written as a model folder's tokenizer files.</summary>
/// <remarks>Immutable.</remarks>
public sealed class TrainedVocabulary
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string[] _tokens;
    private readonly IReadOnlyList<(int Left, int Right)> _merges;
    private readonly IReadOnlyList<AddedTokenText> _added;
    private readonly string _pattern;

    private TrainedVocabulary(string[] tokens, IReadOnlyList<(int Left, int Right)> merges, IReadOnlyList<AddedTokenText> added, string pattern)
    {
        _tokens = tokens;
        _merges = merges;
        _added = added;
        _pattern = pattern;
    }

    /// <summary>How many tokens there are, added ones included.</summary>
    public int Size => _tokens.Length + _added.Count;

    internal static TrainedVocabulary Of(IReadOnlyList<(int Left, int Right)> merges, IReadOnlyList<AddedTokenText> added, string pattern)
    {
        var tokens = new string[256 + merges.Count];
        for (var value = 0; value < 256; value++)
            tokens[value] = ByteAlphabet.LetterOf((byte)value).ToString();
        for (var i = 0; i < merges.Count; i++)
            tokens[256 + i] = tokens[merges[i].Left] + tokens[merges[i].Right];
        return new TrainedVocabulary(tokens, merges, added, pattern);
    }

    /// <summary>Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.</summary>
    /// <param name="folder">The model's folder, which exists.</param>
    /// <param name="template">The chat template.</param>
    /// <param name="endOfTurn">The added token that ends a turn.</param>
    /// <param name="padding">The added token that fills batches.</param>
    /// <param name="longest">The longest input of the model in tokens.</param>
    /// <exception cref="EhrR1Exception">A file cannot be written.</exception>
    public void Write(string folder, ChatTemplate template, string endOfTurn, string padding, int longest)
    {
        ArgumentNullException.ThrowIfNull(template);
        AtomicFile.WriteText(Path.Combine(folder, "tokenizer.json"), Tokenizer().ToJsonString(_json) + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "tokenizer_config.json"), Configuration(template, endOfTurn, padding, longest).ToJsonString(_json) + "\n");
    }

    private JsonObject Tokenizer()
    {
        var vocabulary = new JsonObject();
        for (var id = 0; id < _tokens.Length; id++)
            vocabulary[_tokens[id]] = id;
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. _added.Select((t, i) => Added(t, _tokens.Length + i, withId: true))]),
            ["normalizer"] = new JsonObject { ["type"] = "NFC" },
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = _pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                    ByteLevel()),
            },
            ["post_processor"] = ByteLevel(),
            ["decoder"] = ByteLevel(),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = "",
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["ignore_merges"] = false,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. _merges.Select(m => (JsonNode)$"{_tokens[m.Left]} {_tokens[m.Right]}")]),
            },
        };
    }

    private JsonObject Configuration(ChatTemplate template, string endOfTurn, string padding, int longest)
    {
        var decoder = new JsonObject();
        for (var i = 0; i < _added.Count; i++)
            decoder[(_tokens.Length + i).ToString(System.Globalization.CultureInfo.InvariantCulture)] = Added(_added[i], id: 0, withId: false);
        return new JsonObject
        {
            ["add_bos_token"] = false,
            ["add_prefix_space"] = false,
            ["added_tokens_decoder"] = decoder,
            ["bos_token"] = null,
            ["chat_template"] = template.Source,
            ["clean_up_tokenization_spaces"] = false,
            ["eos_token"] = endOfTurn,
            ["errors"] = "replace",
            ["model_max_length"] = longest,
            ["pad_token"] = padding,
            ["split_special_tokens"] = false,
            // By its name alone: Transformers 5 puts the pattern of Qwen2 in place of the file's own where the class is Qwen2Tokenizer.
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["unk_token"] = null,
        };
    }

    private static JsonObject Added(AddedTokenText token, int id, bool withId)
    {
        var added = new JsonObject();
        if (withId)
            added["id"] = id;
        added["content"] = token.Text;
        foreach (var name in (ReadOnlySpan<string>)["single_word", "lstrip", "rstrip", "normalized"])
            added[name] = false;
        added["special"] = token.IsSpecial;
        return added;
    }

    private static JsonObject ByteLevel() => new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = false, ["use_regex"] = false };
}
