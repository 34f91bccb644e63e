using System.Text.Json;

namespace EhrR1.Training;

/// <summary>Reads the fields of a request; one of another type is a fault that names it.</summary>
internal readonly struct CallFields
{
    private readonly JsonElement _root;

    public CallFields(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new ServingFault(400, "The body is no JSON object.");
        _root = root;
    }

    /// <summary>A field that is there and not null.</summary>
    public JsonElement? Find(string name) => _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name) => Find(name) is { } value ? value.ValueKind == JsonValueKind.String ? TextOf(value, name) : throw ServingFault.Wrong(name, "must be a text") : null;

    public bool? Flag(string name) => Find(name) is { } value ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw ServingFault.Wrong(name, "must be true or false") : null;

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= least && number <= most
            ? number
            : throw ServingFault.Wrong(name, FormattableString.Invariant($"must be a number from {least} to {most}"));
    }

    public int? Count(string name, int least, int most)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw ServingFault.Wrong(name, FormattableString.Invariant($"must be a whole number from {least} to {most}"));
    }

    public long? Whole(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw ServingFault.Wrong(name, "must be a whole number");
    }

    public IReadOnlyList<string>? Texts(string name) => Find(name) is { } value ? TextsOf(value, name) : null;

    public IReadOnlyList<int>? Tokens(string name, int vocabulary) => Find(name) is { } value ? TokensOf(value, name, vocabulary) : null;

    public CallFields? Inner(string name) => Find(name) is { } value ? value.ValueKind == JsonValueKind.Object ? new CallFields(value) : throw ServingFault.Wrong(name, "must be an object") : null;

    /// <summary>Refuses fields that would change the answer and are not heeded, unless they ask for nothing.</summary>
    public void RefuseUnsupported(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { } value && !AsksForNothing(value))
                throw ServingFault.NotSupported(name);
        }
    }

    public static IReadOnlyList<string> TextsOf(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.String)
            return [TextOf(value, name)];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
            throw ServingFault.Wrong(name, "must be a text or a list of texts");
        return [.. value.EnumerateArray().Select(e => TextOf(e, name))];
    }

    public static int[] TokensOf(JsonElement value, string name, int vocabulary)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw ServingFault.Wrong(name, "must be a list of tokens");
        return [.. value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var token) && token >= 0 && token < vocabulary
            ? token
            : throw ServingFault.Wrong(name, FormattableString.Invariant($"holds what is no token of this model, which has {vocabulary}")))];
    }

    public static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape of half a character.
            throw ServingFault.Wrong(name, "holds half a character");
        }
    }

    private static bool AsksForNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.ValueEquals("none"u8) || value.ValueEquals(""u8),
        JsonValueKind.Object => value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text"u8),
        _ => false,
    };
}
