using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EhrR1.Models;

/// <summary>One request for chat completions, as it goes over the wire.</summary>
internal sealed record ChatCall(ModelPrompt Prompt)
{
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public SamplingSettings Sampling { get; init; } = new();

    public int Choices { get; init; } = 1;

    /// <summary>How many probable tokens are wanted beside each that is written; 0 for none.</summary>
    public int TopTokens { get; init; }

    /// <summary>The tokens whose probabilities are wanted, by number (vLLM); empty for none.</summary>
    public IReadOnlyList<int> TokenIds { get; init; } = [];

    /// <summary>Writes the body in the form that the server takes.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="habits">What is known of the server.</param>
    /// <param name="optional">Gets the fields that were written and may be left out or renamed.</param>
    public ReadOnlyMemory<byte> Write(string model, ServerHabits habits, ICollection<string> optional)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, _json);
        json.WriteStartObject();
        json.WriteString("model", model);
        WriteMessages(json, Prompt);
        var body = new OptionalFields(json, habits, optional);
        body.Write(habits.LimitField, Sampling.MaxNewTokens);
        body.Write("temperature", Sampling.Temperature);
        body.Write("top_p", Sampling.TopP);
        WriteDraw(body, habits);
        if (Sampling.Seed is { } seed)
            body.Write("seed", seed);
        if (Choices > 1)
            body.Write("n", Choices);
        if (Sampling.Stop.Count > 0)
            body.Write("stop", Sampling.Stop);
        if (TopTokens > 0)
        {
            json.WriteBoolean("logprobs", true);
            json.WriteNumber("top_logprobs", TopTokens);
        }

        if (TokenIds.Count > 0)
        {
            json.WriteStartArray("logprob_token_ids");
            foreach (var id in TokenIds)
                json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteBoolean("return_tokens_as_token_ids", true);
        }

        if (Prompt.TemplateArguments is { Count: > 0 } arguments)
        {
            body.Write("chat_template_kwargs", arguments);

            // How hard to think is a field of the protocol as well, and servers look in one place or the other.
            if (arguments["reasoning_effort"] is JsonValue effort)
                body.Write("reasoning_effort", effort.ToString());
        }

        if (Prompt.ContinuesLastMessage)
        {
            body.Write("continue_final_message", true);
            body.Write("add_generation_prompt", false);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Writes the messages of a prompt.</summary>
    public static void WriteMessages(Utf8JsonWriter json, ModelPrompt prompt)
    {
        json.WriteStartArray("messages");
        foreach (var message in prompt.Messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role switch { PromptRole.System => "system", PromptRole.User => "user", _ => "assistant" });
            json.WriteString("content", message.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A server of one's own fills fields that are missing with defaults of its own or of the model (llama.cpp: top_k 40, min_p 0.05; vLLM: whatever
    // generation_config.json says, for Qwen2.5 a repetition penalty of 1.05). Said plainly, the settings of the run are the settings of the draw.
    private void WriteDraw(OptionalFields body, ServerHabits habits)
    {
        if (Sampling.TopK is { } topK)
            body.Write("top_k", topK);
        if (habits.IsHosted)
            return;
        body.Write("repetition_penalty", 1);
        if (Sampling.Temperature <= 0)
            return;
        if (Sampling.TopK is null)
            body.Write("top_k", -1);
        body.Write("min_p", 0);
    }
}
