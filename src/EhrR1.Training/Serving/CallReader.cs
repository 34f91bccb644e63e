using System.Globalization;
using System.Text.Json;

namespace EhrR1.Training;

/// <summary>Reads requests for completions of both kinds, and refuses what the model cannot do.</summary>
internal sealed class CallReader(GenerationWorker worker, ServedTokenizer tokenizer, SamplingReader sampling, string model, int mostChoices)
{
    // What OpenAI's older route writes where nothing is said.
    private const int UsualTokens = 16;

    /// <summary>Reads a request for chat completions.</summary>
    /// <exception cref="ServingFault">The request is not taken.</exception>
    public CompletionCall ReadChat(JsonElement body)
    {
        var call = new CallFields(body);
        CheckModel(call);
        call.RefuseUnsupported("echo");
        var told = call.Flag("logprobs") ?? false;
        var best = call.Count("top_logprobs", 0, SamplingReader.MostAlternatives);
        var options = sampling.Read(call);
        if (best > 0 && !told)
            throw new ServingFault(400, "\"top_logprobs\" needs \"logprobs\" to be true.", "top_logprobs");
        return Finish(call, Common(call) with { IsChat = true, Prompts = [tokenizer.EncodeMessages(call)], TellsTokens = told, Options = options with { Alternatives = told ? best ?? 0 : 0 } },
            call.Count("max_completion_tokens", 1, int.MaxValue) ?? call.Count("max_tokens", 1, int.MaxValue));
    }

    /// <summary>Reads a request for completions of texts.</summary>
    /// <exception cref="ServingFault">The request is not taken.</exception>
    public CompletionCall ReadText(JsonElement body)
    {
        var call = new CallFields(body);
        CheckModel(call);
        var told = call.Count("logprobs", 0, SamplingReader.MostAlternatives);
        var most = call.Count("max_tokens", 0, int.MaxValue) ?? UsualTokens;
        var echoes = call.Flag("echo") ?? false;
        if (call.Count("best_of", 1, int.MaxValue) is { } drawn && drawn != (call.Count("n", 1, int.MaxValue) ?? 1))
            throw ServingFault.NotSupported("best_of");
        if (most == 0 && !echoes && !call.Has("prompt_logprobs"))
            throw ServingFault.Wrong("max_tokens", "may be 0 only with \"echo\" or \"prompt_logprobs\"");
        return Finish(call, Common(call) with { Prompts = Prompts(call), TellsTokens = told is not null, Echoes = echoes, WritesNothing = most == 0, Options = sampling.Read(call) with { Alternatives = told ?? 0 } }, most);
    }

    /// <summary>Refuses a model that is not the one that is served.</summary>
    public void CheckModel(CallFields call)
    {
        if (call.Text("model") is { } named && named != model)
            throw new ServingFault(404, $"The model `{(named.Length > 100 ? "…" : named)}` does not exist. This server has `{model}`.", "model", "model_not_found");
    }

    private static CompletionCall Common(CallFields call) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        IsChat = false,
        Prompts = [],
        Options = new SequenceOptions(),
        Completions = call.Count("n", 1, 1_024) ?? 1,
        NamesTokensById = call.Flag("return_tokens_as_token_ids") ?? false,
        PromptAlternatives = call.Count("prompt_logprobs", 0, SamplingReader.MostAlternatives),
        Streams = call.Flag("stream") ?? false,
        StreamsUsage = call.Inner("stream_options")?.Flag("include_usage") ?? false,
    };

    private CompletionCall Finish(CallFields call, CompletionCall read, int? most)
    {
        if (read.Streams && read.PromptAlternatives is not null)
            throw new ServingFault(400, "\"prompt_logprobs\" cannot be streamed.", "prompt_logprobs");
        if (!read.Streams && call.Has("stream_options"))
            throw new ServingFault(400, "\"stream_options\" needs \"stream\" to be true.", "stream_options");
        if (read.Choices > mostChoices)
            throw new ServingFault(400, string.Create(CultureInfo.InvariantCulture, $"{read.Choices} completions were asked for at once, and this server takes {mostChoices}."), "n");
        var context = worker.Config.MaxPositions;
        foreach (var prompt in read.Prompts)
        {
            if (prompt.Length == 0)
                throw new ServingFault(400, "The prompt is empty.", read.IsChat ? "messages" : "prompt");
            // The words are vLLM's: clients read the length out of them.
            var written = most ?? 1;
            if (prompt.Length + (long)written > context)
                throw new ServingFault(400, string.Create(CultureInfo.InvariantCulture, $"This model's maximum context length is {context} tokens. However, you requested {prompt.Length + (long)written} tokens ({prompt.Length} in the {(read.IsChat ? "messages" : "prompt")}, {written} in the completion). Please reduce the length of the {(read.IsChat ? "messages" : "prompt")} or completion."), read.IsChat ? "messages" : "prompt", "context_length_exceeded");
        }

        return read with { Options = read.Options with { MaxNewTokens = Math.Max(1, most ?? context - read.Prompts[0].Length) } };
    }

    private IReadOnlyList<int[]> Prompts(CallFields call)
    {
        const string Field = "prompt";
        if (call.Find(Field) is not { } prompt)
            throw ServingFault.Wrong(Field, "is missing");
        if (prompt.ValueKind == JsonValueKind.String)
            return [tokenizer.Encode(CallFields.TextOf(prompt, Field))];
        if (prompt.ValueKind != JsonValueKind.Array || prompt.GetArrayLength() == 0)
            throw ServingFault.Wrong(Field, "must be a text, a list of texts, a list of tokens or a list of such lists");
        return prompt[0].ValueKind switch
        {
            JsonValueKind.Number => [CallFields.TokensOf(prompt, Field, tokenizer.Vocabulary)],
            JsonValueKind.Array => [.. prompt.EnumerateArray().Select(p => CallFields.TokensOf(p, Field, tokenizer.Vocabulary))],
            _ => [.. CallFields.TextsOf(prompt, Field).Select(tokenizer.Encode)],
        };
    }
}
