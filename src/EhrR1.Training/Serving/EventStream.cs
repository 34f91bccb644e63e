using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EhrR1.Training;

/// <summary>JSON to a client: one body, or server-sent events that are gathered until they are flushed.</summary>
internal sealed class EventStream(HttpResponse response)
{
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ArrayBufferWriter<byte> _waiting = new(1024);

    /// <summary>Answers with one body.</summary>
    public static async Task ReplyAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, _json))
            write(json);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Begins the stream.</summary>
    public void Begin()
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        // Proxies that gather answers would hold the pieces back.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Adds an event.</summary>
    public void Add(Action<Utf8JsonWriter> write)
    {
        _waiting.Write("data: "u8);
        using (var json = new Utf8JsonWriter(_waiting, _json))
            write(json);
        _waiting.Write("\n\n"u8);
    }

    /// <summary>Adds the event that ends the stream.</summary>
    public void AddEnd() => _waiting.Write("data: [DONE]\n\n"u8);

    /// <summary>Sends what was added.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await response.BodyWriter.WriteAsync(_waiting.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _waiting.ResetWrittenCount();
    }
}
