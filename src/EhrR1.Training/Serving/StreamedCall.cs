using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace EhrR1.Training;

/// <summary>Answers a call piece by piece, as its tokens come.</summary>
internal sealed class StreamedCall(CallRun run, CompletionCall call, CallReply reply)
{
    private readonly Channel<Piece> _pieces = Channel.CreateUnbounded<Piece>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs the call and sends its pieces.</summary>
    /// <exception cref="Exception">The call failed before anything was sent.</exception>
    public async Task AnswerAsync(HttpContext http)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var running = RunAsync(gone.Token);
        try
        {
            // What fails at once is still answered with a status of its own.
            if (!await _pieces.Reader.WaitToReadAsync(gone.Token).ConfigureAwait(false))
                await running.ConfigureAwait(false);
            await SendAsync(http, new EventStream(http.Response), running).ConfigureAwait(false);
        }
        finally
        {
            await gone.CancelAsync().ConfigureAwait(false);
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<WrittenChoice[]> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await run.RunAsync(call, (c, p) => _pieces.Writer.TryWrite(new Piece(c, p, null)), (c, t) => _pieces.Writer.TryWrite(new Piece(c, null, t)), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pieces.Writer.TryComplete();
        }
    }

    private async Task SendAsync(HttpContext http, EventStream stream, Task running)
    {
        stream.Begin();
        long written = 0;
        while (await _pieces.Reader.WaitToReadAsync(http.RequestAborted).ConfigureAwait(false))
        {
            while (_pieces.Reader.TryRead(out var piece))
            {
                if (piece.Token is { } token)
                {
                    written++;
                    // A token of half a character has no text of its own yet.
                    if (token.Text.Length > 0 || token.End is not null || call.TellsTokens)
                        stream.Add(json => reply.WriteToken(json, piece.Choice, token));
                }
                else if (call.IsChat || call.Echoes)
                {
                    stream.Add(json => reply.WriteBeginning(json, piece.Choice, piece.Prompt!));
                }
            }

            await stream.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }

        try
        {
            await running.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The status is sent already.
            stream.Add(json => ServingError.Write(json, ServingError.Of(e)));
        }

        if (call.StreamsUsage)
            stream.Add(json => reply.WriteUsagePiece(json, written));
        stream.AddEnd();
        await stream.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    private readonly record struct Piece(int Choice, IReadOnlyList<PromptPlace>? Prompt, GeneratedToken? Token);
}
