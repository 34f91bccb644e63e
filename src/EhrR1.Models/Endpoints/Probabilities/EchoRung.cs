using System.Text.Json;
using System.Text.Json.Nodes;

namespace EhrR1.Models;

/// <summary>Puts every answer behind the prompt and reads the probabilities of its tokens out of the echoed prompt.</summary>
/// <remarks>
/// With the server's tokenizer the prompt is what the chat template makes of it. Without it the bare text of the messages is scored, and the rung's name says so.
/// Either way the tokens that all candidates share are left out: what follows them is each candidate's own, also where the last word of the prompt and the
/// first of the answer become one token.
/// </remarks>
internal sealed class EchoRung(EndpointClient client, string model, ServerTokenizer? tokenizer) : IAnswerRung
{
    private readonly Uri _route = client.Address.ApiRoute("completions");

    /// <inheritdoc/>
    public string Name => tokenizer is null ? AnswerRungs.Echo + "_untemplated" : AnswerRungs.Echo;

    /// <inheritdoc/>
    public async Task<RungResult> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken)
    {
        var tokens = tokenizer is null ? null : await tokenizer.PromptTokensAsync(request.Prompt, cancellationToken);
        if (tokenizer is not null && tokens is null)
            return RungResult.None();
        var candidates = request.Answers.SelectMany((answer, i) => AnswerSpellings.Words(answer).Select(word => (Answer: i, Word: word))).ToList();
        var usage = default(TokenUsage);
        var scored = new List<Echoed>();
        // The prompt alone comes first: where its tokens end, the answers' begin.
        foreach (var word in candidates.Select(c => c.Word).Prepend(""))
        {
            var prompt = tokens is null ? PlainText(request.Prompt) + word : (JsonNode)new JsonArray([.. await WithAsync(tokens, word, cancellationToken)]);
            var (echo, used) = await client.PostAsync(_route, Body(prompt), root => (Echoed.Read(root), ChatReply.ReadUsage(root)), cancellationToken);
            usage += used;
            if (echo is null || (tokens is null && !echo.EndsWith(word)))
                return RungResult.None(usage);
            scored.Add(echo);
        }

        var shared = Echoed.Shared(scored[1..]);
        // Tokens shared beyond the prompt belong to every answer; those of the prompt to none.
        var from = Math.Min(shared, scored[0].Count);
        var logs = scored[1..].Select(e => e.SumFrom(from)).ToArray();
        if (Array.Exists(logs, double.IsNaN))
            return RungResult.None(usage);
        return new RungResult([.. request.Answers.Select((_, i) => AnswerSpellings.LogSum(candidates.Index().Where(c => c.Item.Answer == i).Select(c => logs[c.Index])))], usage);
    }

    private static string PlainText(ModelPrompt prompt) => string.Join("\n\n", prompt.Messages.Select(m => m.Text)) + (prompt.ContinuesLastMessage ? "" : "\n");

    private async Task<IEnumerable<JsonNode>> WithAsync(IReadOnlyList<int> tokens, string word, CancellationToken cancellationToken)
        => (word.Length == 0 ? tokens : tokens.Concat(await tokenizer!.TokensAsync(word, cancellationToken))).Select(t => (JsonNode)t);

    private ReadOnlyMemory<byte> Body(JsonNode prompt) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["model"] = model,
        ["prompt"] = prompt,
        ["max_tokens"] = 0,
        ["temperature"] = 0,
        ["echo"] = true,
        ["logprobs"] = 1,
    });
}
