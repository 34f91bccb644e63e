using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>Reads and writes lines of <c>chains.jsonl</c>: id, sample_id, chain, answer, teacher, and template and finish_reason where they are known.</summary>
public static class ReasoningChainJson
{
    internal static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a chain on one line.</summary>
    public static string ToLine(ReasoningChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var line = new JsonObject
        {
            ["id"] = chain.Id,
            ["sample_id"] = chain.SampleId,
            ["chain"] = chain.Chain,
            ["answer"] = new JsonArray([.. chain.Answer.Select(a => JsonValue.Create(a))]),
            ["teacher"] = chain.Teacher,
        };
        if (chain.Template.Length > 0)
            line["template"] = chain.Template;
        if (chain.Finish is { } finish && NameOf(finish) is { } name)
            line["finish_reason"] = name;
        return line.ToJsonString(Lines);
    }

    /// <summary>Reads a line. Only sample_id and chain must be there; an answer may be a list or one text with an item a line.</summary>
    /// <exception cref="EhrR1Exception">The line is no chain.</exception>
    public static ReasoningChain Parse(string line, string file, long number) => Read(Object(line, file, number), file, number);

    internal static JsonObject Object(string line, string file, long number)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (JsonException e)
        {
            throw new EhrR1Exception("A line is no JSON object", $"{file}, line {number}", "Repair the line or leave it out", e);
        }
    }

    internal static ReasoningChain Read(JsonObject line, string file, long number)
    {
        var sample = Text(line["sample_id"]);
        var chain = Text(line["chain"]);
        if (sample is null || chain is null)
            throw new EhrR1Exception("A line is no chain: it needs sample_id and chain", $"{file}, line {number}", "Name the sample and put the chain's text there");
        return new ReasoningChain
        {
            Id = Text(line["id"]) ?? $"{sample}-{number}",
            SampleId = sample,
            Chain = chain,
            Answer = line["answer"] switch
            {
                JsonArray list => [.. list.Select(Text).OfType<string>()],
                { } text when Text(text) is { } items => items.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                _ => [],
            },
            Teacher = Text(line["teacher"]) ?? "unknown",
            Template = Text(line["template"]) ?? "",
            Finish = Text(line["finish_reason"]) switch
            {
                "length" or "max_tokens" => FinishReason.Length,
                "content_filter" => FinishReason.Filtered,
                "stop" or "end_turn" => FinishReason.Stop,
                _ => null,
            },
        };
    }

    /// <summary>A reason as OpenAI's servers name it; <see langword="null"/> where they have none.</summary>
    private static string? NameOf(FinishReason reason) => reason switch
    {
        FinishReason.Stop => "stop",
        FinishReason.Length => "length",
        FinishReason.Filtered => "content_filter",
        _ => null,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
