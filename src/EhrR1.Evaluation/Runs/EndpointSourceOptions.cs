using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>How a model behind an endpoint is evaluated.</summary>
public sealed record EndpointSourceOptions
{
    /// <summary>The endpoint and the model's name there.</summary>
    public required EndpointAddress Address { get; init; }

    /// <summary>The model's profile by name; <see langword="null"/>, the default value, for the one that fits the model's name.</summary>
    public string? Profile { get; init; }

    /// <summary>How prompts are written. The default value leaves everything to the profile.</summary>
    public PromptOptions Prompts { get; init; } = new();

    /// <summary>The model's <c>tokenizer.json</c>, or the folder that holds it; <see langword="null"/>, the default value, where the endpoint counts or tokens are estimated.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Examples before each question, from the workspace's few-shot pool. The default value is 0.</summary>
    public int Shots { get; init; }

    /// <summary>How the endpoint is asked. The default value is without a key, inside the network.</summary>
    public EndpointOptions Endpoint { get; init; } = new();

    /// <summary>How failed calls are tried again.</summary>
    public ResilienceOptions Resilience { get; init; } = new();

    /// <summary>What tokens cost; <see langword="null"/>, the default value, for a model that costs nothing.</summary>
    public TokenPrices? Prices { get; init; }

    /// <summary>What may be used at most. The default value is no limit.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>What stands for the endpoint in the run's settings, where its address changes from one start to the next; <see langword="null"/>, the default value, for the address.</summary>
    public string? Identity { get; init; }

    /// <summary>Samples asked at once where the run does not say. The default value is 16.</summary>
    public int Concurrency { get; init; } = 16;
}
