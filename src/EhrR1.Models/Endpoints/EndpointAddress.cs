using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Where a language model is asked: the base address of an OpenAI-compatible endpoint and the model's name there.</summary>
/// <remarks>
/// Written <c>&lt;endpoint&gt;#&lt;model name&gt;</c>. The base may be given with or without <c>/v1</c>. Azure OpenAI is known by its host: a bare
/// resource address or one of a deployment is asked by <c>api-version</c>, one that ends in <c>/openai/v1</c> like any other. An address never holds
/// a secret; one that tries to is refused.
/// </remarks>
public sealed record EndpointAddress
{
    private const string AzureVersion = "2024-10-21";

    private EndpointAddress(Uri root, string api, string query, string? model)
    {
        Root = root;
        Api = api;
        Query = query;
        Model = model;
    }

    /// <summary>The server's own root, without <c>/v1</c>, ending in a slash.</summary>
    public Uri Root { get; }

    /// <summary>The model's name at the endpoint; <see langword="null"/> to take the only one that it has.</summary>
    public string? Model { get; init; }

    /// <summary>Whether this is Azure OpenAI, which takes its key in a header of its own.</summary>
    public bool IsAzure => IsHost(".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com");

    /// <summary>Whether this is OpenAI's own service.</summary>
    public bool IsOpenAi => Root.Host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>The base of the OpenAI routes, under <see cref="Root"/>: mostly <c>v1/</c>.</summary>
    private string Api { get; }

    private string Query { get; }

    /// <summary>Reads an address with the model's name after a <c>#</c>.</summary>
    /// <param name="text">For example <c>http://127.0.0.1:8000/v1#Qwen3-8B</c>.</param>
    /// <exception cref="EhrR1Exception">It is no http or https address, or it holds a secret.</exception>
    public static EndpointAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = text.IndexOf('#');
        var model = hash < 0 ? null : text[(hash + 1)..].Trim();
        // Neither message quotes what was given: it may hold a key.
        if (!Uri.TryCreate((hash < 0 ? text : text[..hash]).Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            throw new EhrR1Exception("This is no endpoint", null, "Give the base address of an OpenAI-compatible server and the model's name: http://127.0.0.1:8000/v1#Qwen3-8B");
        if (uri.UserInfo.Length > 0 || (uri.Query.Length > 0 && !IsVersion(uri.Query)))
            throw new EhrR1Exception("The endpoint's address holds more than an address", uri.Host, "Give the key by EHR_R1_API_KEY or a file, never in the address");
        return Of(uri, string.IsNullOrEmpty(model) ? null : model);
    }

    /// <summary>Whether a text looks like an endpoint's address rather than a baseline's name.</summary>
    public static bool IsAddress(string? text)
        => text is not null && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <summary>The address as it stands in runs and messages.</summary>
    public override string ToString() => $"{Root}{Api.TrimEnd('/')}{(Model is null ? "" : "#")}{Model}";

    /// <summary>A route of the OpenAI protocol, such as <c>chat/completions</c>.</summary>
    internal Uri ApiRoute(string route) => new(Root, $"{Api}{route}{Query}");

    /// <summary>A route of the server beside that protocol, such as <c>tokenize</c>.</summary>
    internal Uri ServerRoute(string route) => new(Root, route);

    private static EndpointAddress Of(Uri uri, string? model)
    {
        var path = uri.AbsolutePath.Trim('/');
        var origin = uri.GetLeftPart(UriPartial.Authority) + "/";
        var address = new EndpointAddress(new Uri(origin), "v1/", "", model);
        if (address.IsAzure && !path.EndsWith("v1", StringComparison.Ordinal))
        {
            var parts = path.Split('/');
            var deployment = parts is ["openai", "deployments", var named, ..] ? named : model ?? throw new EhrR1Exception(
                "The deployment is not named", uri.Host, $"Give it after a #: {origin}#my-deployment");
            return new EndpointAddress(address.Root, $"openai/deployments/{deployment}/", uri.Query.Length > 0 ? uri.Query : $"?api-version={AzureVersion}", model ?? deployment);
        }

        // Whoever copies an address out of documentation has the whole route.
        foreach (var ending in new[] { "chat/completions", "completions", "models" })
        {
            if (path == ending || path.EndsWith("/" + ending, StringComparison.Ordinal))
            {
                path = path[..^ending.Length].Trim('/');
                break;
            }
        }

        var last = path[(path.LastIndexOf('/') + 1)..];
        var versioned = last.Length > 1 && last[0] == 'v' && char.IsAsciiDigit(last[1]);
        var before = versioned ? path[..^last.Length].Trim('/') : path;
        return new EndpointAddress(new Uri(origin + (before.Length == 0 ? "" : before + "/")), (versioned ? last : "v1") + "/", uri.Query, model);
    }

    private static bool IsVersion(string query) => query.StartsWith("?api-version=", StringComparison.OrdinalIgnoreCase) && query.Length < 40 && !query.Contains('&');

    private bool IsHost(params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (Root.Host.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
