using System.Net;
using System.Net.Sockets;
using EhrR1.Charts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EhrR1.Training;

/// <summary>An HTTP server that logs nothing and listens to no signals: both are for whoever started it.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _grace;

    private ServerHost(WebApplication app, TimeSpan grace, Uri address) => (_app, _grace, Address) = (app, grace, address);

    /// <summary>Where it listens, with the port that was found free.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request.</param>
    /// <param name="host">The address to listen at.</param>
    /// <param name="port">The port, 0 for any free one.</param>
    /// <param name="mostBytes">How long a body may be.</param>
    /// <param name="grace">How long a stop waits for requests that are being answered.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="EhrR1Exception">The port is taken or may not be used.</exception>
    public static async Task<ServerHost> StartAsync(RequestDelegate answer, IPAddress host, int port, int mostBytes, TimeSpan grace, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Listen(host, port);
            k.Limits.MaxRequestBodySize = mostBytes;
            k.AddServerHeader = false;
        });
        builder.Services.Configure<HostOptions>(h => h.ShutdownTimeout = grace);
        var app = builder.Build();
        app.Run(answer);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new EhrR1Exception($"The server cannot listen: {e.Message.TrimEnd('.')}", $"{host}:{port}", "Choose another port with '--port', or stop the program that has it", e);
        }

        return new ServerHost(app, grace, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
    }

    /// <summary>Stops listening and waits for requests that are being answered; what takes longer is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(_grace, TimeProvider.System))
            await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Leaves signals to the caller: the host listens to none of its own.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
