using System.Net;
using System.Net.Sockets;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Sees to it that patients' data does not leave the network unless somebody has decided so.</summary>
/// <remarks>
/// A name is resolved, and every address that it resolves to must be private. Since a name may mean something else a moment later, the addresses
/// are looked at again at every connection that is made. Safe for use by any number of threads.
/// </remarks>
/// <param name="policy">What was decided.</param>
/// <param name="resolve">Resolves a host's name; <see langword="null"/> for the system's resolver.</param>
public sealed class EndpointGuard(DataPolicy policy, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? ((host, token) => Dns.GetHostAddressesAsync(host, token));

    /// <summary>Says how far requests to an endpoint go, and refuses one that the policy does not allow.</summary>
    /// <param name="address">The endpoint.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <exception cref="EhrR1Exception">The endpoint is outside the network and the data may not leave, it is outside and not encrypted, or its name is unknown.</exception>
    public async Task<EndpointReach> CheckAsync(EndpointAddress address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var reach = PrivateNetwork.ReachOf(await AddressesAsync(address.Root.IdnHost, cancellationToken));
        if (reach != EndpointReach.Public)
            return reach;
        NeedToLeave(address.Root.Host);
        if (address.Root.Scheme != Uri.UriSchemeHttps)
            throw new EhrR1Exception("The endpoint is outside this network and not encrypted", address.Root.Host, "Use its https address");
        return reach;
    }

    /// <summary>Refuses to prepare data for a service outside the network unless it may leave.</summary>
    /// <param name="service">The service's host or name.</param>
    /// <exception cref="EhrR1Exception">The data may not leave.</exception>
    public void NeedToLeave(string service)
    {
        if (policy.DataMayLeave && !string.IsNullOrWhiteSpace(policy.Reason))
            return;
        throw new EhrR1Exception(
            policy.DataMayLeave ? "The endpoint is outside this network, and no reason is given why the data may leave" : "The endpoint is outside this network, and patients' data may not leave it",
            service,
            "Ask a model on this machine or in the private network, or write dataMayLeave: true and dataMayLeaveReason into the settings file");
    }

    /// <summary>Connects to a host of the private network, after looking at its addresses anew.</summary>
    internal async ValueTask<Stream> ConnectInsideAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _resolve(context.DnsEndPoint.Host, cancellationToken);
        if (PrivateNetwork.ReachOf(addresses) == EndpointReach.Public)
            throw new EhrR1Exception("The endpoint's name means an address outside this network by now", context.DnsEndPoint.Host, "Name the machine by its address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
            return [literal];
        try
        {
            return await _resolve(host, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new EhrR1Exception("The endpoint's name is not known here", host, "Look at the name, or give the machine's address", e);
        }
    }
}
