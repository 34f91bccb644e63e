using System.Text.Json;
using EhrR1.Charts;
using Microsoft.AspNetCore.Http;

namespace EhrR1.Training;

/// <summary>Errors in OpenAI's form.</summary>
internal static class ServingError
{
    /// <summary>What a failure is to a client; nothing in it quotes the request.</summary>
    public static ServingFault Of(Exception failure) => failure switch
    {
        ServingFault fault => fault,
        // The reader's own message may quote the body.
        JsonException e => new ServingFault(StatusCodes.Status400BadRequest, $"The body is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ServingFault(StatusCodes.Status413PayloadTooLarge, "The body is too long. Send less at once."),
        BadHttpRequestException e => new ServingFault(e.StatusCode, "The request is not whole."),
        _ when MemoryShortage.IsOf(failure) => new ServingFault(StatusCodes.Status503ServiceUnavailable, "Memory is short. Ask for fewer tokens (\"max_tokens\") or fewer completions at once, or start the server with a lower --max-sequences or --memory."),
        EhrR1Exception e => new ServingFault(StatusCodes.Status400BadRequest, e.Message),
        OperationCanceledException or ObjectDisposedException => new ServingFault(StatusCodes.Status503ServiceUnavailable, "The server is stopping."),
        _ => new ServingFault(StatusCodes.Status500InternalServerError, $"Internal error: {failure.GetType().Name}. This is a fault of the server, not of the request."),
    };

    public static void Write(Utf8JsonWriter json, ServingFault fault)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", fault.Message);
        json.WriteString("type", fault.Status switch { 404 => "not_found_error", 429 => "rate_limit_error", >= 500 => "server_error", _ => "invalid_request_error" });
        json.WriteString("param", fault.Parameter);
        if (fault.Code is { } code)
            json.WriteString("code", code);
        else
            json.WriteNumber("code", fault.Status);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
