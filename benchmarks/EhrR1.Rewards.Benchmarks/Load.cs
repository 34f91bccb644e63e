using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EhrR1.Rewards.Benchmarks;

/// <summary>Sends requests over connections that stay open, written to the socket as they are, so that the load itself takes little of the processor.</summary>
internal sealed class Load(Uri address)
{
    /// <summary>What a run took.</summary>
    /// <param name="Latencies">Of each request in milliseconds, sorted; with a rate, from when it was due.</param>
    public sealed record Result(int Requests, int Errors, double Seconds, double[] Latencies)
    {
        public double P50 => Latencies[Latencies.Length / 2];

        public double P99 => Latencies[(int)(Latencies.Length * 0.99)];

        public double Worst => Latencies[^1];
    }

    /// <summary>Sends requests.</summary>
    /// <param name="bodies">The bodies, taken in turn.</param>
    /// <param name="requests">How many.</param>
    /// <param name="inFlight">How many are sent before an answer came: the connections.</param>
    /// <param name="perSecond">Requests a second; <see langword="null"/> for as many as are answered.</param>
    public async Task<Result> RunAsync(IReadOnlyList<byte[]> bodies, int requests, int inFlight, double? perSecond = null)
    {
        var latencies = new double[requests];
        var (next, errors) = (-1, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(ConnectionAsync)));
        watch.Stop();
        Array.Sort(latencies);
        return new Result(requests, errors, watch.Elapsed.TotalSeconds, latencies);

        async Task ConnectionAsync()
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(address.Host, address.Port);
            var stream = client.GetStream();
            var buffer = new byte[1 << 16];
            for (int i; (i = Interlocked.Increment(ref next)) < requests;)
            {
                var due = watch.Elapsed;
                if (perSecond is { } rate)
                {
                    due = TimeSpan.FromSeconds(i / rate);
                    if (due - watch.Elapsed is { TotalMilliseconds: > 1 } wait)
                        await Task.Delay(wait);
                }

                await stream.WriteAsync(bodies[i % bodies.Count]);
                if (!await ReadAsync(stream, buffer))
                    Interlocked.Increment(ref errors);
                latencies[i] = (watch.Elapsed - due).TotalMilliseconds;
            }
        }
    }

    /// <summary>A request as it goes over the wire.</summary>
    public static byte[] Request(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"POST /reward HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n")), .. body];
    }

    private static async Task<bool> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        int have = 0;
        while (true)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(have));
            if (read == 0)
                return false;
            have += read;
            int end = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            var head = Encoding.ASCII.GetString(buffer, 0, end);
            int at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) + "Content-Length: ".Length;
            int length = int.Parse(head[at..].Split('\r')[0], CultureInfo.InvariantCulture);
            if (have >= end + 4 + length)
                return head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
    }
}
