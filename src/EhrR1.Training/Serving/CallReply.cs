using System.Text.Json;

namespace EhrR1.Training;

/// <summary>Writes what a call is answered with, whole or piece by piece, in the form of chat completions or of completions. For one call.</summary>
internal sealed class CallReply
{
    private readonly CompletionCall _call;
    private readonly ServedTokenizer _tokenizer;
    private readonly TokenJson _tokens;
    private readonly string _model;
    private readonly long _created;
    private readonly int[] _offsets;

    public CallReply(CompletionCall call, ServedTokenizer tokenizer, string model, DateTimeOffset created)
    {
        (_call, _tokenizer, _model, _created) = (call, tokenizer, model, created.ToUnixTimeSeconds());
        _tokens = new TokenJson(tokenizer, call.NamesTokensById);
        _offsets = new int[call.Choices];
    }

    /// <summary>The whole answer.</summary>
    public void Write(Utf8JsonWriter json, IReadOnlyList<WrittenChoice> choices)
    {
        Begin(json, _call.IsChat ? "chat.completion" : "text_completion");
        json.WriteStartArray("choices");
        for (var i = 0; i < choices.Count; i++)
            WriteChoice(json, i, choices[i]);
        json.WriteEndArray();
        if (_call is { IsChat: true, PromptAlternatives: { } alternatives })
            _tokens.WritePrompt(json, choices[0].Prompt, alternatives);
        WriteUsage(json, choices.Sum(c => c.Sequence?.Tokens.Count ?? 0));
        json.WriteEndObject();
    }

    /// <summary>The piece with which a completion begins: whose turn it is, or the prompt that is echoed.</summary>
    public void WriteBeginning(Utf8JsonWriter json, int choice, IReadOnlyList<PromptPlace> prompt)
        => WritePiece(json, choice, _call.Echoes ? _tokenizer.Decode(PromptOf(choice)) : "", _call.TellsTokens && _call.Echoes ? OfPrompt(choice, prompt) : [], _call.WritesNothing ? "length" : null, isFirst: true);

    /// <summary>The piece of one token.</summary>
    public void WriteToken(Utf8JsonWriter json, int choice, GeneratedToken token)
        => WritePiece(json, choice, token.Text, _call.TellsTokens ? [(token.Chance, token.Alternatives)] : [], WrittenChoice.ReasonOf(token.End), isFirst: false);

    /// <summary>The piece with the tokens used.</summary>
    public void WriteUsagePiece(Utf8JsonWriter json, long written)
    {
        Begin(json, _call.IsChat ? "chat.completion.chunk" : "text_completion");
        json.WriteStartArray("choices");
        json.WriteEndArray();
        WriteUsage(json, written);
        json.WriteEndObject();
    }

    private int[] PromptOf(int choice) => _call.Prompts[choice / _call.Completions];

    private void Begin(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", (_call.IsChat ? "chatcmpl-" : "cmpl-") + _call.Id);
        json.WriteString("object", kind);
        json.WriteNumber("created", _created);
        json.WriteString("model", _model);
    }

    private void WriteChoice(Utf8JsonWriter json, int index, WrittenChoice choice)
    {
        var text = choice.Sequence?.Text ?? "";
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (_call.IsChat)
        {
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", text);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text", _call.Echoes ? _tokenizer.Decode(PromptOf(index)) + text : text);
        }

        WriteTokens(json, index, _call.TellsTokens ? [.. _call.Echoes ? OfPrompt(index, choice.Prompt) : [], .. OfSequence(choice.Sequence)] : []);
        json.WriteString("finish_reason", choice.FinishReason);
        if (_call is { IsChat: false, PromptAlternatives: { } alternatives })
            _tokens.WritePrompt(json, choice.Prompt, alternatives);
        json.WriteEndObject();
    }

    private void WritePiece(Utf8JsonWriter json, int choice, string text, IReadOnlyList<(TokenChance, IReadOnlyList<TokenChance>)> tokens, string? reason, bool isFirst)
    {
        Begin(json, _call.IsChat ? "chat.completion.chunk" : "text_completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", choice);
        if (_call.IsChat)
        {
            json.WriteStartObject("delta");
            if (isFirst)
                json.WriteString("role", "assistant");
            json.WriteString("content", text);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text", text);
        }

        WriteTokens(json, choice, tokens);
        json.WriteString("finish_reason", reason);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTokens(Utf8JsonWriter json, int choice, IReadOnlyList<(TokenChance, IReadOnlyList<TokenChance>)> tokens)
    {
        if (tokens.Count == 0)
            json.WriteNull("logprobs");
        else if (_call.IsChat)
            _tokens.WriteChat(json, tokens);
        else
            _offsets[choice] = _tokens.WriteText(json, tokens, _offsets[choice]);
    }

    private void WriteUsage(Utf8JsonWriter json, long written)
    {
        var prompts = _call.Prompts.Sum(p => (long)p.Length);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", prompts);
        json.WriteNumber("completion_tokens", written);
        json.WriteNumber("total_tokens", prompts + written);
        json.WriteEndObject();
    }

    private IReadOnlyList<(TokenChance, IReadOnlyList<TokenChance>)> OfPrompt(int choice, IReadOnlyList<PromptPlace> places)
        => [(new TokenChance(PromptOf(choice)[0], double.NaN), []), .. places.Select(p => (p.Chance, (IReadOnlyList<TokenChance>)[.. p.Alternatives.Take(_call.Options.Alternatives)]))];

    private static IEnumerable<(TokenChance, IReadOnlyList<TokenChance>)> OfSequence(GeneratedSequence? sequence)
        => sequence?.Tokens.Select((t, i) => (new TokenChance(t, sequence.LogProbabilities[i]), sequence.Alternatives.Count > 0 ? sequence.Alternatives[i] : [])) ?? [];
}
