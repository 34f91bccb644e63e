using System.Text;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Turns the pieces of a conversation into tokens.</summary>
/// <remarks>
/// Text between two special tokens is encoded in one go, as Hugging Face's tokenizers do, whoever wrote its parts: a line break of the template and
/// one of the message after it can be one token.
/// </remarks>
internal sealed class ChatTokenWriter(ByteLevelTokenizer tokenizer)
{
    private readonly List<int> _ids = [];
    private readonly StringBuilder _text = new();

    public void Add(ChatPiece piece)
    {
        if (!piece.IsTemplate)
        {
            _text.Append(piece.Text);
            return;
        }

        var rest = piece.Text;
        while (rest.IndexOf('<', StringComparison.Ordinal) is var open and >= 0)
        {
            var close = rest.IndexOf('>', open);
            var name = rest[open..(close + 1)];
            _text.Append(rest, 0, open);
            rest = rest[(close + 1)..];
            if (tokenizer.IdOf(name) is { } id)
            {
                _ = Flush();
                _ids.Add(id);
            }
            else if (name.StartsWith("<|", StringComparison.Ordinal))
            {
                throw new EhrR1Exception($"The tokenizer has no token {name}, which the chat template writes", null, "Use the tokenizer.json and the chat template of the same model");
            }
            else
            {
                // Think tags are plain text to models older than Qwen3.
                _text.Append(name);
            }
        }

        _text.Append(rest);
    }

    /// <summary>Encodes what is pending.</summary>
    /// <returns>How many tokens there are by now.</returns>
    public int Flush()
    {
        if (_text.Length > 0)
        {
            _ids.AddRange(tokenizer.Encode(_text.ToString()));
            _text.Clear();
        }

        return _ids.Count;
    }

    public int[] ToArray()
    {
        _ = Flush();
        return [.. _ids];
    }
}
