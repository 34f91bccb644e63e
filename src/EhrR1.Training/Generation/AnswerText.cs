using System.Text;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Puts tokens' bytes together to text, and tells what of it is certain: whole characters that no stop text can still take back.</summary>
internal sealed class AnswerText(ByteLevelTokenizer? tokenizer, IReadOnlyList<string> stops)
{
    private readonly byte[][] _stops = [.. stops.Where(s => s.Length > 0).Select(Encoding.UTF8.GetBytes)];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _text = new();
    private readonly List<byte> _waiting = [];

    public string Text => _text.ToString();

    /// <summary>Whether a stop text came; it and what follows it are cut off.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Adds a token; returns the text that became certain.</summary>
    public string Add(int token)
    {
        if (tokenizer is null || IsStopped)
            return "";
        _waiting.AddRange(tokenizer.DecodeBytes([token], withoutSpecialTokens: true));
        var bytes = _waiting.ToArray();
        var at = _stops.Select(s => bytes.AsSpan().IndexOf(s)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        if (at >= 0)
        {
            IsStopped = true;
            return Release(bytes, at, isLast: true);
        }

        return Release(bytes, bytes.Length - Held(bytes), isLast: false);
    }

    /// <summary>Ends the text; returns what was held back.</summary>
    public string End() => Release([.. _waiting], _waiting.Count, isLast: true);

    // How many bytes at the end could begin a stop text.
    private int Held(byte[] bytes)
    {
        var held = 0;
        foreach (var stop in _stops)
        {
            for (var length = Math.Min(stop.Length - 1, bytes.Length); length > held; length--)
            {
                if (bytes.AsSpan(bytes.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                    held = length;
            }
        }

        return held;
    }

    private string Release(byte[] bytes, int count, bool isLast)
    {
        _waiting.Clear();
        if (!isLast)
            _waiting.AddRange(bytes.AsSpan(count));
        var characters = new char[Encoding.UTF8.GetMaxCharCount(count)];
        var text = new string(characters, 0, _decoder.GetChars(bytes.AsSpan(0, count), characters, flush: isLast));
        _text.Append(text);
        return text;
    }
}
