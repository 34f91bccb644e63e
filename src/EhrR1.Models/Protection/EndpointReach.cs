namespace EhrR1.Models;

/// <summary>How far a request to an endpoint goes.</summary>
public enum EndpointReach
{
    /// <summary>It stays on this machine.</summary>
    Loopback,

    /// <summary>It stays in a private network.</summary>
    PrivateNetwork,

    /// <summary>It leaves the network.</summary>
    Public,
}
