using System.Globalization;
using System.Text.Json;

namespace EhrR1.Training;

/// <summary>Reads how a completion is drawn, in the words of OpenAI and vLLM; what is not said is as the model's generation_config.json has it.</summary>
internal sealed class SamplingReader(GenerationWorker worker, GenerationDefaults defaults)
{
    // As vLLM bounds them.
    public const int MostAlternatives = 20;
    private const int MostWatched = 256;
    private const int MostTexts = 256;

    private long _unseeded;

    private int Vocabulary => worker.Config.VocabularySize;

    /// <summary>Reads the options; the number of new tokens is the caller's to set.</summary>
    public SequenceOptions Read(CallFields call)
    {
        call.RefuseUnsupported("tools", "functions", "response_format", "presence_penalty", "frequency_penalty", "suffix", "use_beam_search", "min_tokens", "bad_words", "include_stop_str_in_output",
            "guided_json", "guided_regex", "guided_grammar", "prompt_embeds", "logits_processors", "modalities", "add_special_tokens");
        if (call.Flag("skip_special_tokens") == false)
            throw ServingFault.NotSupported("skip_special_tokens");
        if (call.Has("truncate_prompt_tokens"))
            throw ServingFault.NotSupported("truncate_prompt_tokens");
        if (call.Number("length_penalty", -1e6, 1e6) is not (null or 1))
            throw ServingFault.NotSupported("length_penalty");
        var topK = call.Whole("top_k");
        if (topK is < -1 or > int.MaxValue)
            throw ServingFault.Wrong("top_k", "must be a whole number from 1, or 0 or -1 for all tokens");
        return new SequenceOptions
        {
            Temperature = call.Number("temperature", 0, 1e6) ?? (defaults.Draws ? defaults.Temperature : 1),
            TopP = call.Number("top_p", double.Epsilon, 1) ?? (defaults.Draws ? defaults.TopP : 1),
            TopK = topK is null ? defaults.Draws ? defaults.TopK : null : topK > 0 ? (int)Math.Min(topK.Value, Vocabulary) : null,
            MinP = call.Number("min_p", 0, 1) ?? (defaults.Draws ? defaults.MinP : 0),
            RepetitionPenalty = call.Number("repetition_penalty", double.Epsilon, 1e6) ?? defaults.RepetitionPenalty,
            Seed = call.Whole("seed") ?? NextSeed(),
            StopTexts = Stops(call),
            StopTokens = StopTokens(call),
            LogitBias = Biases(call),
            AllowedTokens = call.Tokens("allowed_token_ids", Vocabulary) is { } allowed ? allowed.Count > 0 ? allowed : throw ServingFault.Wrong("allowed_token_ids", "is empty") : null,
            AllowedAnswers = Answers(call)?.Select(a => (IReadOnlyList<int>)worker.Tokenizer.Encode(a)).ToList(),
            WatchedTokens = call.Tokens("logprob_token_ids", Vocabulary) is { } watched ? watched.Count <= MostWatched ? watched : throw ServingFault.Wrong("logprob_token_ids", $"holds more than {MostWatched} tokens") : [],
        };
    }

    // Who names no seed wants another draw each time; a server's draws all the same follow from the order of its requests. Apart by more than
    // the completions of any request, whose seeds are counted on.
    private long NextSeed() => Interlocked.Increment(ref _unseeded) << 20;

    private static IReadOnlyList<string> Stops(CallFields call)
    {
        var stops = call.Texts("stop") ?? [];
        return stops.Count > MostTexts || stops.Any(s => s.Length == 0) ? throw ServingFault.Wrong("stop", $"must be at most {MostTexts} texts, none of them empty") : stops;
    }

    private IReadOnlyList<int>? StopTokens(CallFields call) => [.. call.Flag("ignore_eos") == true ? [] : worker.StopTokens.Union(defaults.EndTokens), .. call.Tokens("stop_token_ids", Vocabulary) ?? []];

    private Dictionary<int, double> Biases(CallFields call)
    {
        var biases = new Dictionary<int, double>();
        if (call.Find("logit_bias") is not { } given)
            return biases;
        if (given.ValueKind != JsonValueKind.Object)
            throw ServingFault.Wrong("logit_bias", "must be an object of tokens and numbers");
        foreach (var bias in given.EnumerateObject())
        {
            if (!int.TryParse(bias.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var token) || token >= Vocabulary || bias.Value.ValueKind != JsonValueKind.Number || bias.Value.GetDouble() is not (>= -100 and <= 100))
                throw ServingFault.Wrong("logit_bias", "must be an object of the model's tokens by their numbers and biases from -100 to 100");
            biases[token] = bias.Value.GetDouble();
        }

        return biases;
    }

    private static IReadOnlyList<string>? Answers(CallFields call)
    {
        var answers = call.Texts("guided_choice");
        if (call.Inner("structured_outputs") is { } structured)
        {
            structured.RefuseUnsupported("json", "regex", "grammar", "json_object", "structural_tag");
            answers = structured.Texts("choice") ?? answers;
        }

        return answers is { Count: 0 } || answers?.Any(a => a.Length == 0) == true ? throw ServingFault.Wrong("choice", "must be a list of texts, none of them empty") : answers;
    }
}
