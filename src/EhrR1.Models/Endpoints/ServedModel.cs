using System.Text.Json;

namespace EhrR1.Models;

/// <summary>A model as an endpoint lists it.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="ContextTokens">The context that the list states, if it does.</param>
/// <param name="Server">Who owns it by the list, where that names the server's software.</param>
internal sealed record ServedModel(string Name, int? ContextTokens, string? Server)
{
    /// <summary>Whether the endpoint's list has it; <see langword="null"/> if there is no list to tell by.</summary>
    public bool? IsListed { get; init; } = true;

    private static readonly string[] _servers = ["vllm", "sglang", "llamacpp", "llama.cpp", "ehr-r1"];

    // vLLM and SGLang; OpenRouter and Together; Groq; Mistral.
    private static readonly string[] _fields = ["max_model_len", "context_length", "context_window", "max_context_length"];

    public static IReadOnlyList<ServedModel> ReadAll(JsonElement root)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root : root.GetProperty("data");
        return [.. list.EnumerateArray().Where(m => m.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String).Select(Read)];
    }

    /// <summary>Reads llama.cpp's <c>/props</c>.</summary>
    public static int? ReadLlamaContext(JsonElement root)
        => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("default_generation_settings", out var settings) && settings.ValueKind == JsonValueKind.Object ? Number(settings, "n_ctx") : null;

    /// <summary>Reads Ollama's list of loaded models.</summary>
    public static int? ReadOllamaContext(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("models", out var models) || models.ValueKind != JsonValueKind.Array)
            return null;
        var loaded = models.EnumerateArray().Where(m => m.TryGetProperty("name", out var n) && n.ValueKind == JsonValueKind.String && (n.GetString() == name || n.GetString() == name + ":latest"));
        return loaded.Select(m => Number(m, "context_length")).FirstOrDefault();
    }

    private static ServedModel Read(JsonElement model)
    {
        var context = _fields.Select(f => Number(model, f)).FirstOrDefault(n => n is not null);
        if (context is null && model.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object)
            context = Number(meta, "n_ctx") ?? Number(meta, "n_ctx_train");
        var owner = model.TryGetProperty("owned_by", out var by) && by.ValueKind == JsonValueKind.String ? by.GetString() : null;
        return new ServedModel(model.GetProperty("id").GetString()!, context, _servers.Contains(owner) ? owner : owner == "library" ? "ollama" : null);
    }

    private static int? Number(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number : null;
}
