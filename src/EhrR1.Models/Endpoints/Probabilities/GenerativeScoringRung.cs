using System.Buffers;
using System.Text.Json;

namespace EhrR1.Models;

/// <summary>Asks vLLM's <c>/generative_scoring</c> for the probability of label tokens after the prompt's tokens.</summary>
/// <remarks>
/// The route gives the probability of the first label alone (older builds: of all labels as <c>token_probs</c>), so it is asked once a spelling; the prompt's
/// prefix is computed once.
/// </remarks>
internal sealed class GenerativeScoringRung(EndpointClient client, string model, ServerTokenizer tokenizer, AnswerTokens answers) : IAnswerRung
{
    private readonly Uri _route = client.Address.ServerRoute("generative_scoring");

    /// <inheritdoc/>
    public string Name => AnswerRungs.GenerativeScoring;

    /// <inheritdoc/>
    public async Task<RungResult> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken)
    {
        if (!AnswerSpellings.AreSingleWords(request.Answers))
            return RungResult.None();
        var labels = await answers.OfAsync(request.Answers, cancellationToken);
        if (labels.Any(t => t.Count == 0) || await tokenizer.PromptTokensAsync(request.Prompt, cancellationToken) is not { Count: > 1 } prompt)
            return RungResult.None();
        var usage = default(TokenUsage);
        var logs = new double[labels.Count];
        for (var answer = 0; answer < labels.Count; answer++)
        {
            var probability = 0.0;
            foreach (var label in labels[answer])
            {
                var (share, used) = await client.PostAsync(_route, Body(prompt, label), root => (Read(root, label), ChatReply.ReadUsage(root)), cancellationToken);
                usage += used;
                if (share is not (>= 0 and <= 1 + 1e-6))
                    return RungResult.None(usage);
                probability += share.Value;
            }

            logs[answer] = Math.Log(Math.Min(1, probability));
        }

        // Two answers of which both are impossible say nothing; and a server that normalises over the one label says 1 to everything.
        return Array.TrueForAll(logs, double.IsNegativeInfinity) || logs.Sum(Math.Exp) > 1 + 1e-3 ? RungResult.None(usage) : new RungResult(logs, usage);
    }

    private ReadOnlyMemory<byte> Body(IReadOnlyList<int> prompt, int label)
    {
        var buffer = new ArrayBufferWriter<byte>(prompt.Count * 7);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteStartArray("query");
        foreach (var token in prompt.Take(prompt.Count - 1))
            json.WriteNumberValue(token);
        json.WriteEndArray();
        json.WriteStartArray("items");
        json.WriteStartArray();
        json.WriteNumberValue(prompt[^1]);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("label_token_ids");
        json.WriteNumberValue(label);
        json.WriteEndArray();
        json.WriteBoolean("apply_softmax", false);
        json.WriteBoolean("add_special_tokens", false);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static double? Read(JsonElement root, int label)
    {
        if (root.TryGetProperty("data", out var data) && data.GetArrayLength() == 1 && data[0].TryGetProperty("score", out var score))
            return score.GetDouble();
        return root.TryGetProperty("results", out var results) && results.GetArrayLength() == 1 && results[0].TryGetProperty("token_probs", out var shares)
            && shares.TryGetProperty(label.ToString(System.Globalization.CultureInfo.InvariantCulture), out var share) ? share.GetDouble() : null;
    }
}
