using System.Globalization;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>An endpoint in words.</summary>
internal static class EndpointText
{
    public static string Describe(EndpointProfile endpoint)
    {
        var context = endpoint.ContextTokens is { } tokens ? string.Create(CultureInfo.InvariantCulture, $"context {tokens:#,0}") : "context not stated";
        var where = endpoint.Reach switch
        {
            EndpointReach.Loopback => "on this machine",
            EndpointReach.PrivateNetwork => "in the private network",
            _ => $"outside this network, because: {endpoint.DataMayLeaveBecause}",
        };
        return $"{endpoint.Model} at {endpoint.Endpoint} ({endpoint.Server ?? "unknown server"}, {where}), {context}, probabilities by {(endpoint.Rungs.Count > 0 ? endpoint.Rungs[0] : "nothing")}"
            + (endpoint.IsListed == false ? $". It lists no model of the name '{endpoint.Model}', and may answer with another" : "");
    }
}
