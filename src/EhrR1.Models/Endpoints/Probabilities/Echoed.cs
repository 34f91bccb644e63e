using System.Text.Json;

namespace EhrR1.Models;

/// <summary>The tokens of a prompt as the server gives them back, with the logarithm of each one's probability.</summary>
internal sealed class Echoed
{
    private readonly string[] _tokens;
    private readonly double[] _logs;

    private Echoed(string[] tokens, double[] logs) => (_tokens, _logs) = (tokens, logs);

    public int Count => _tokens.Length;

    /// <summary>Reads the reply of a completion; <see langword="null"/> if it echoes nothing.</summary>
    public static Echoed? Read(JsonElement root)
    {
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() != 1
            || !choices[0].TryGetProperty("logprobs", out var given) || given.ValueKind != JsonValueKind.Object
            || !given.TryGetProperty("tokens", out var tokens) || !given.TryGetProperty("token_logprobs", out var logs)
            || tokens.ValueKind != JsonValueKind.Array || logs.ValueKind != JsonValueKind.Array || logs.GetArrayLength() != tokens.GetArrayLength())
        {
            return null;
        }

        // Some servers write a token even where none is asked for; it stands last.
        var usage = ChatReply.ReadUsage(root);
        var count = tokens.GetArrayLength() - (int)usage.Completion;
        if (count < 2 || (usage.Prompt > 0 && count < usage.Prompt))
            return null;
        return new Echoed(
            [.. tokens.EnumerateArray().Take(count).Select(t => t.GetString() ?? "")],
            [.. logs.EnumerateArray().Take(count).Select(l => l.ValueKind == JsonValueKind.Number ? l.GetDouble() : double.NaN)]);
    }

    /// <summary>How many tokens several prompts have in common at their beginning.</summary>
    public static int Shared(IReadOnlyList<Echoed> prompts)
    {
        var shared = 0;
        while (prompts.All(p => shared < p.Count && p._tokens[shared] == prompts[0]._tokens[shared]))
            shared++;
        return shared;
    }

    /// <summary>Whether the text ends with a word, as it must if it was echoed at all.</summary>
    public bool EndsWith(string word) => string.Concat(_tokens.TakeLast(16)).EndsWith(word, StringComparison.Ordinal);

    /// <summary>The sum of the logarithms from a token on; not a number if one is not given.</summary>
    public double SumFrom(int start) => _logs.Skip(start).Sum();
}
