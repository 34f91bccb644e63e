using System.Net;

namespace EhrR1.Training;

/// <summary>Where a model is served, and within which bounds.</summary>
public sealed record ServingOptions
{
    /// <summary>The address to listen at. The default value is the loopback: no other machine reaches it.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any free one. The default value is 8000.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>How long a request's body may be, in bytes. The default value is 16 MiB.</summary>
    public int MostBytes { get; init; } = 16 << 20;

    /// <summary>How many completions may run or wait; further requests are told to come again. The default value is 1,024.</summary>
    public int MostWaiting { get; init; } = 1_024;

    /// <summary>How long a stop waits for completions that are being written. The default value is 10 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
