namespace EhrR1.Models;

/// <summary>What an endpoint was found to be and to do; it stands in the manifest of every run.</summary>
public sealed record EndpointProfile
{
    /// <summary>The address, without the model and without any secret.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The model's name there.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the endpoint lists a model of this name; <see langword="null"/> if there is no list to tell by. Some servers answer to any name, with the model that they have.</summary>
    public bool? IsListed { get; init; }

    /// <summary>How far requests go.</summary>
    public required EndpointReach Reach { get; init; }

    /// <summary>Why the data may leave the network; <see langword="null"/> where it does not.</summary>
    public string? DataMayLeaveBecause { get; init; }

    /// <summary>The server as far as it shows itself (<c>vllm</c>, <c>sglang</c>, <c>llama.cpp</c>, <c>ollama</c>, …); <see langword="null"/> if it does not.</summary>
    public string? Server { get; init; }

    /// <summary>The model's context in tokens, prompt and new tokens together; <see langword="null"/> if the endpoint does not state it.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Whether the endpoint counts tokens.</summary>
    public bool CountsTokens { get; init; }

    /// <summary>The rungs of the ladder to an answer's probability that it has, best first.</summary>
    public required IReadOnlyList<string> Rungs { get; init; }

    /// <summary>The fields of requests that it was found not to take, so that they are left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
