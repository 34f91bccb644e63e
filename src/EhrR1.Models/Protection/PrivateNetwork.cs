using System.Net;

namespace EhrR1.Models;

/// <summary>Which network addresses belong to a machine or a private network.</summary>
internal static class PrivateNetwork
{
    // RFC 1918 (10/8, 172.16/12, 192.168/16), RFC 3927 and 4291 (link-local), RFC 6598 (100.64/10, where overlay networks live), RFC 4193 (fc00::/7).
    private static readonly IPNetwork[] _networks =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    public static EndpointReach ReachOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return EndpointReach.Loopback;
        // A scope id names the interface, not the address.
        var bare = plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? new IPAddress(plain.GetAddressBytes()) : plain;
        return Array.Exists(_networks, n => n.Contains(bare)) ? EndpointReach.PrivateNetwork : EndpointReach.Public;
    }

    /// <summary>The farthest of several addresses: a name is private only if all that it means is.</summary>
    public static EndpointReach ReachOf(IEnumerable<IPAddress> addresses) => addresses.Select(ReachOf).DefaultIfEmpty(EndpointReach.Public).Max();
}
