using System.Text;
using System.Text.Json;

namespace EhrR1.Models;

/// <summary>What came back on a <see cref="ChatCall"/>.</summary>
/// <param name="Choices">The completions, by their index.</param>
/// <param name="Usage">The tokens used; zero where the server does not count.</param>
internal sealed record ChatReply(IReadOnlyList<ChatChoice> Choices, TokenUsage Usage)
{
    /// <summary>Reads a reply; where a field is missing that is not needed, it reads on.</summary>
    public static ChatReply Read(JsonElement root)
    {
        // Some gateways answer 200 and put the error inside.
        if (root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            throw new EndpointCallException(EndpointFault.ServerError);
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array)
            throw new EndpointCallException(EndpointFault.MalformedBody);
        if (choices.GetArrayLength() == 0)
            throw new EndpointCallException(EndpointFault.NoChoices);
        var read = choices.EnumerateArray().Select(c => (Index: c.TryGetProperty("index", out var i) && i.TryGetInt32(out var n) ? n : 0, Choice: ChatChoice.Read(c)));
        return new ChatReply([.. read.OrderBy(c => c.Index).Select(c => c.Choice)], ReadUsage(root));
    }

    /// <summary>Reads the tokens used out of any reply.</summary>
    public static TokenUsage ReadUsage(JsonElement root)
    {
        if (!root.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
            return default;
        var cached = usage.TryGetProperty("prompt_tokens_details", out var details) && details.ValueKind == JsonValueKind.Object ? Count(details, "cached_tokens") : 0;
        return new TokenUsage(Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), cached > 0 ? cached : Count(usage, "prompt_cache_hit_tokens"));
    }

    private static long Count(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) ? count : 0;
}
