namespace EhrR1.Models;

/// <summary>How an endpoint is asked.</summary>
public sealed record EndpointOptions
{
    /// <summary>The key. The default value is none.</summary>
    public EndpointKey? Key { get; init; }

    /// <summary>Whether patients' data may leave the network. The default value is that it may not.</summary>
    public DataPolicy Data { get; init; } = new();

    /// <summary>How long a call may take. The default value is 10 minutes: a long chain of thought on a busy server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Connections at most. The default value is 512; who asks bounds the concurrency.</summary>
    public int Connections { get; init; } = 512;

    /// <summary>How many completions the rung <see cref="AnswerRungs.Sampling"/> draws, at least 1. The default value is 20.</summary>
    public int Samples { get; init; } = 20;

    /// <summary>The rungs that may be used, by the names of <see cref="AnswerRungs"/>. The default value is all of them.</summary>
    public IReadOnlyCollection<string> Rungs { get; init; } = AnswerRungs.Names;
}
