using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EhrR1.Models;

/// <summary>What a server said when it refused a request; its message stays inside, since it may repeat the prompt.</summary>
/// <param name="Code">The code or type, where it is a single word.</param>
/// <param name="Parameter">The request's field that it names, if any.</param>
/// <param name="Message">The message: for recognising what is meant, never for showing.</param>
/// <param name="ContextTokens">The context's length, where the error has a field for it (llama.cpp).</param>
internal sealed partial record EndpointError(string? Code, string? Parameter, string Message, int? ContextTokens)
{
    private static readonly EndpointError _none = new(null, null, "", null);

    /// <summary>Reads an error's body; what is no JSON tells nothing.</summary>
    public static EndpointError Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return _none;
            // OpenAI and most others wrap it, older vLLM does not, Ollama gives a bare text, FastAPI has a list of details.
            if (root.TryGetProperty("error", out var error))
                return error.ValueKind == JsonValueKind.Object ? Of(error) : new EndpointError(null, null, Text(error) ?? "", null);
            return root.TryGetProperty("detail", out var detail) ? OfDetail(detail) : Of(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return _none;
        }
    }

    /// <summary>Whether it says that a field of the request is not taken; a value that is wrong is not meant.</summary>
    public bool IsAbout(string field)
        => (Parameter == field || (Parameter is null && Names(field))) && (Code is "unsupported_parameter" or "unsupported_value" or "unknown_parameter" or "extra_forbidden" || NotTaken().IsMatch(Message));

    // "stop" and "seed" are also plain words: they count in quotes, or as the last word.
    private bool Names(string field) => field.Contains('_')
        ? Message.Contains(field, StringComparison.Ordinal)
        : Message.Contains($"'{field}'", StringComparison.Ordinal) || Message.Contains($"\"{field}\"", StringComparison.Ordinal)
            || Message.Contains($"`{field}`", StringComparison.Ordinal) || Message.EndsWith($": {field}", StringComparison.Ordinal);

    private static EndpointError Of(JsonElement error) => new(
        Word(error, "code") ?? Word(error, "type"),
        Word(error, "param"),
        Member(error, "message") ?? Member(error, "detail") ?? "",
        error.TryGetProperty("n_ctx", out var n) && n.TryGetInt32(out var tokens) ? tokens : null);

    private static EndpointError OfDetail(JsonElement detail)
    {
        if (detail.ValueKind != JsonValueKind.Array || detail.GetArrayLength() == 0)
            return new EndpointError(null, null, Text(detail) ?? "", null);
        var first = detail[0];
        var field = first.ValueKind == JsonValueKind.Object && first.TryGetProperty("loc", out var place) && place.ValueKind == JsonValueKind.Array && place.GetArrayLength() > 0
            ? Text(place[place.GetArrayLength() - 1]) : null;
        return new EndpointError(Word(first, "type"), field, Member(first, "msg") ?? "", null);
    }

    private static string? Member(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    // A single short word cannot be a prompt; a bare status number tells nothing.
    private static string? Word(JsonElement element, string name)
        => Member(element, name) is { } text && SingleWord().IsMatch(text) && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? text : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.\-]{0,63}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex SingleWord();

    [GeneratedRegex(@"unsupported|unrecogni[sz]ed|not supported|does not support|unknown|unexpected|not permitted|not allowed|additional properties|extra (inputs|fields)|no such", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NotTaken();
}
