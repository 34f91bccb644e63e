using System.Net;

namespace EhrR1.Training;

/// <summary>Where the reward is served, and within which bounds.</summary>
public sealed record RewardServerOptions
{
    /// <summary>The address to listen at. The default value is the loopback: no other machine reaches it.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any free one. The default value is 8100.</summary>
    public int Port { get; init; } = 8100;

    /// <summary>How long a request's body may be, in bytes. The default value is 64 MiB.</summary>
    public int MostBytes { get; init; } = 64 << 20;

    /// <summary>How many items a request may have. The default value is 16,384.</summary>
    public int MostItems { get; init; } = 16_384;

    /// <summary>How many bytes of bodies are in memory at once; further requests wait unread. The default value is 256 MiB. Texts take about three times as much while they are scored.</summary>
    public long MostBytesAtOnce { get; init; } = 256L << 20;

    /// <summary>How many items of a batch are scored at once. The default value is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a stop waits for requests that are being answered. The default value is 10 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
