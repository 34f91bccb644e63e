using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Models;

namespace EhrR1.Training.Tests;

/// <summary>What the server says, held against the model itself.</summary>
public sealed class ModelServerTests(ServedTiny tiny) : IClassFixture<ServedTiny>
{
    private const string Chat = "/v1/chat/completions";
    private const string Text = "/v1/completions";

    private static readonly PromptMessage[] _question = [new(PromptRole.User, "Does the patient take aspirin? <|im_end|>")];

    [Fact]
    public async Task Completions_Greedy_AreTheBatchs()
    {
        var prompt = tiny.Tokenizer.Encode("The patient takes");
        var expected = tiny.Generate(prompt, new SequenceOptions { MaxNewTokens = 24, Alternatives = 3 });
        var reply = await tiny.PostAsync(Text, new JsonObject { ["model"] = "tiny", ["prompt"] = ServedTiny.Array(prompt), ["max_tokens"] = 24, ["temperature"] = 0, ["logprobs"] = 3, ["return_tokens_as_token_ids"] = true });
        var choice = reply["choices"]![0]!;
        ((string)choice["text"]!).ShouldBe(expected.Text);
        choice["logprobs"]!["tokens"]!.AsArray().Select(t => (string)t!).ShouldBe(expected.Tokens.Select(t => $"token_id:{t}"));
        var told = choice["logprobs"]!["token_logprobs"]!.AsArray().Select(t => (double)t!).ToArray();
        told.ShouldBe(expected.LogProbabilities, 1e-12);
        var places = tiny.Places([.. prompt, .. expected.Tokens]);
        for (var i = 0; i < told.Length; i++)
            told[i].ShouldBe(places[prompt.Length - 1 + i][expected.Tokens[i]], 1e-4);
        choice["logprobs"]!["top_logprobs"]![0]!.AsObject().Select(t => (double)t.Value!).ShouldBe(expected.Alternatives[0].Select(a => a.LogProbability), 1e-12);
        ((int)reply["usage"]!["completion_tokens"]!).ShouldBe(expected.Tokens.Count);
        ((int)reply["usage"]!["prompt_tokens"]!).ShouldBe(prompt.Length);
        ((string)choice["finish_reason"]!).ShouldBe(expected.End == SequenceEnd.Length ? "length" : "stop");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chat_WithTheThinkingSwitch_GoesOnFromTheTemplate(bool? thinks)
    {
        var prompt = ChatTemplate.Plain.Encode(tiny.Tokenizer, _question, ChatTurn.Opened, thinks);
        var expected = tiny.Generate(prompt, new SequenceOptions { MaxNewTokens = 12 });
        var body = Ask(12);
        if (thinks is { } value)
            body["chat_template_kwargs"] = new JsonObject { ["enable_thinking"] = value };
        var reply = await tiny.PostAsync(Chat, body);
        ((string)reply["choices"]![0]!["message"]!["content"]!).ShouldBe(expected.Text);
        ((int)reply["usage"]!["prompt_tokens"]!).ShouldBe(prompt.Length);
        (prompt.Length == ChatTemplate.Plain.Encode(tiny.Tokenizer, _question).Length).ShouldBe(thinks != false);
    }

    [Fact]
    public async Task Chat_ThatGoesOnWithAMessage_BeginsInIt()
    {
        PromptMessage[] begun = [.. _question, new(PromptRole.Assistant, "The")];
        var expected = tiny.Generate(ChatTemplate.Plain.Encode(tiny.Tokenizer, begun, ChatTurn.GoneOn), new SequenceOptions { MaxNewTokens = 5 });
        var reply = await tiny.PostAsync(Chat, new JsonObject
        {
            ["messages"] = ServedTiny.Messages(("user", _question[0].Text), ("assistant", "The")), ["max_completion_tokens"] = 5, ["temperature"] = 0, ["continue_final_message"] = true, ["add_generation_prompt"] = false,
        });
        ((string)reply["choices"]![0]!["message"]!["content"]!).ShouldBe(expected.Text);
    }

    [Fact]
    public async Task Chat_Pieces_JoinToTheWhole()
    {
        var body = Ask(40);
        (body["n"], body["temperature"], body["seed"], body["logprobs"], body["top_logprobs"]) = (3, 1, 5, true, 2);
        var whole = await tiny.PostAsync(Chat, body);
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
        var pieces = await tiny.StreamAsync(Chat, body);
        var choices = pieces[..^1].Select(p => p["choices"]![0]!).GroupBy(c => (int)c["index"]!).OrderBy(g => g.Key).ToList();
        choices.Count.ShouldBe(3);
        foreach (var choice in choices)
        {
            var expected = whole["choices"]![choice.Key]!;
            string.Concat(choice.Select(c => (string?)c["delta"]!["content"])).ShouldBe((string)expected["message"]!["content"]!);
            new JsonArray([.. choice.Where(c => c["logprobs"] is not null).SelectMany(c => c["logprobs"]!["content"]!.AsArray()).Select(t => t!.DeepClone())]).ToJsonString().ShouldBe(expected["logprobs"]!["content"]!.ToJsonString());
            choice.Select(c => (string?)c["finish_reason"]).OfType<string>().ShouldBe([(string)expected["finish_reason"]!]);
            ((string?)choice.First()["delta"]!["role"]).ShouldBe("assistant");
        }

        pieces[^1]["usage"]!.ToJsonString().ShouldBe(whole["usage"]!.ToJsonString());
        pieces[^1]["choices"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Completions_PiecesOfCharactersOfSeveralBytes_AreWhole()
    {
        const string Answer = "Grüße 🙂 für das Herz ♥";
        var pieces = await tiny.StreamAsync(Text, new JsonObject { ["prompt"] = "Say", ["max_tokens"] = 64, ["guided_choice"] = new JsonArray(Answer), ["echo"] = true });
        var texts = pieces.Select(p => (string)p["choices"]![0]!["text"]!).ToList();
        string.Concat(texts).ShouldBe("Say" + Answer);
        texts.ShouldAllBe(t => !t.Contains('\uFFFD'));
        texts.ShouldContain("🙂");
    }

    [Fact]
    public async Task Chat_SameSeed_IsTheSameWhateverElseRuns()
    {
        JsonObject Body(int seed)
        {
            var body = Ask(30);
            (body["temperature"], body["top_p"], body["top_k"], body["min_p"], body["repetition_penalty"], body["seed"], body["n"]) = (1.2, 0.95, 50, 0.01, 1.1, seed, 2);
            return body;
        }

        var together = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => tiny.PostAsync(Chat, Body(i))));
        for (var i = 0; i < together.Length; i++)
            (await tiny.PostAsync(Chat, Body(i)))["choices"]!.ToJsonString().ShouldBe(together[i]["choices"]!.ToJsonString());
        // The second completion of one seed is the first of the next.
        together[0]["choices"]![1]!["message"]!.ToJsonString().ShouldBe(together[1]["choices"]![0]!["message"]!.ToJsonString());
        together.Select(t => t["choices"]![0]!["message"]!.ToJsonString()).Distinct().Count().ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task Completions_WithoutASeed_AreDrawnAnewEachTime()
    {
        JsonObject Body() => new() { ["prompt"] = "no", ["max_tokens"] = 20, ["n"] = 2 };
        var replies = new[] { await tiny.PostAsync(Text, Body()), await tiny.PostAsync(Text, Body()) };
        replies.SelectMany(r => r["choices"]!.AsArray()).Select(c => (string)c!["text"]!).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task Chat_FieldsThatAskForNothing_AreTaken()
    {
        var expected = (await tiny.PostAsync(Chat, Ask(12)))["choices"]!.ToJsonString();
        var body = Ask(12);
        (body["echo"], body["chat_template"], body["truncate_prompt_tokens"], body["add_special_tokens"], body["length_penalty"], body["reasoning_effort"]) = (false, null, null, false, 1, "low");
        body["chat_template_kwargs"] = new JsonObject { ["reasoning_effort"] = "low" };
        (await tiny.PostAsync(Chat, body))["choices"]!.ToJsonString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("{\"do_sample\": true, \"min_p\": 0.25, \"repetition_penalty\": 1.5}", "{}", 0.25, 1.5)]
    [InlineData("{\"do_sample\": true, \"min_p\": 0.25, \"repetition_penalty\": 1.5}", "{\"min_p\": 0, \"repetition_penalty\": 1}", 0, 1)]
    [InlineData("{\"do_sample\": false, \"min_p\": 0.25, \"repetition_penalty\": 1.5}", "{}", 0, 1.5)]
    [InlineData("{\"do_sample\": true, \"min_p\": null}", "{}", 0, 1)]
    public void Read_WhatIsNotSaid_IsAsGenerationConfigHasIt(string file, string request, double minP, double penalty)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf(GenerationDefaults.FileName), file);
        var defaults = GenerationDefaults.Read(folder.FullPath, tiny.Twin.Config);
        using var body = JsonDocument.Parse(request);
        var options = new SamplingReader(tiny.Worker, defaults).Read(new CallFields(body.RootElement));
        (options.MinP, options.RepetitionPenalty).ShouldBe((minP, penalty));
        defaults.Write(folder.FullPath);
        var written = GenerationDefaults.Read(folder.FullPath, tiny.Twin.Config);
        (written.RepetitionPenalty, written.Draws ? written.MinP : 0).ShouldBe((defaults.RepetitionPenalty, defaults.Draws ? defaults.MinP : 0));
    }

    [Fact]
    public async Task Completions_StopText_IsCutOff()
    {
        // Letters alone: a stop text of broken characters would be no text.
        var letters = Enumerable.Range(0, ServedTiny.Vocabulary).Where(t => tiny.Tokenizer.Decode([t]) is { Length: > 0 } text && text.All(char.IsAsciiLetter));
        JsonObject Body(JsonNode? stop) => new() { ["prompt"] = "no", ["max_tokens"] = 40, ["temperature"] = 1, ["seed"] = 2, ["allowed_token_ids"] = ServedTiny.Array(letters), ["stop"] = stop };
        var whole = (string)(await tiny.PostAsync(Text, Body(null)))["choices"]![0]!["text"]!;
        var stop = whole.Substring(whole.Length / 2, 2);
        foreach (var form in new JsonNode[] { stop, new JsonArray("never said by anyone", stop) })
        {
            var choice = (await tiny.PostAsync(Text, Body(form)))["choices"]![0]!;
            ((string)choice["text"]!).ShouldBe(whole[..whole.IndexOf(stop, StringComparison.Ordinal)]);
            ((string)choice["finish_reason"]!).ShouldBe("stop");
        }

        string.Concat((await tiny.StreamAsync(Text, Body(stop))).Select(p => (string)p["choices"]![0]!["text"]!)).ShouldBe(whole[..whole.IndexOf(stop, StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Chat_AllowedAnswers_GiveOneOfThem()
    {
        foreach (var isOld in new[] { true, false })
        {
            var body = Ask(20);
            (body["temperature"], body["n"], body["seed"]) = (5, 20, 1);
            if (isOld)
                body["guided_choice"] = new JsonArray("yes", "no", "not now");
            else
                body["structured_outputs"] = new JsonObject { ["choice"] = new JsonArray("yes", "no", "not now") };
            var choices = (await tiny.PostAsync(Chat, body))["choices"]!.AsArray();
            choices.Select(c => (string)c!["message"]!["content"]!).Distinct().Order().ShouldBe(["no", "not now", "yes"]);
            choices.ShouldAllBe(c => (string)c!["finish_reason"]! == "stop");
        }
    }

    [Fact]
    public async Task Completions_BiasAndAllowedTokens_AreHeeded()
    {
        var yes = tiny.Tokenizer.Encode("yes").ShouldHaveSingleItem();
        var biased = await tiny.PostAsync(Text, new JsonObject { ["prompt"] = "no", ["max_tokens"] = 3, ["temperature"] = 0, ["logit_bias"] = new JsonObject { [$"{yes}"] = 100 } });
        ((string)biased["choices"]![0]!["text"]!).ShouldBe("yesyesyes");
        var no = tiny.Tokenizer.Encode("no").ShouldHaveSingleItem();
        var allowed = await tiny.PostAsync(Text, new JsonObject { ["prompt"] = "no", ["max_tokens"] = 8, ["allowed_token_ids"] = ServedTiny.Array([yes, no]), ["n"] = 4 });
        allowed["choices"]!.AsArray().ShouldAllBe(c => ((string)c!["text"]!).Replace("yes", "").Replace("no", "").Length == 0);
    }

    [Fact]
    public async Task Completions_Echo_TellsThePromptsOwnProbabilities()
    {
        var prompt = tiny.Tokenizer.Encode("The patient takes aspirin. Grüße");
        var reply = await tiny.PostAsync(Text, new JsonObject { ["prompt"] = ServedTiny.Array(prompt), ["max_tokens"] = 0, ["echo"] = true, ["logprobs"] = 2, ["prompt_logprobs"] = 1 });
        var choice = reply["choices"]![0]!;
        ((string)choice["text"]!).ShouldBe("The patient takes aspirin. Grüße");
        ((int)reply["usage"]!["completion_tokens"]!).ShouldBe(0);
        var (logs, places) = (choice["logprobs"]!, tiny.Places(prompt));
        logs["token_logprobs"]![0].ShouldBeNull();
        logs["top_logprobs"]![0].ShouldBeNull();
        logs["text_offset"]!.AsArray().Select(o => (int)o!).First().ShouldBe(0);
        for (var i = 1; i < prompt.Length; i++)
        {
            ((double)logs["token_logprobs"]![i]!).ShouldBe(places[i - 1][prompt[i]], 1e-4);
            logs["top_logprobs"]![i]!.AsObject().Max(t => (double)t.Value!).ShouldBe(places[i - 1].Max(), 1e-4);
            var ranked = choice["prompt_logprobs"]![i]![$"{prompt[i]}"]!;
            ((double)ranked["logprob"]!).ShouldBe(places[i - 1][prompt[i]], 1e-4);
            ((int)ranked["rank"]!).ShouldBe(places[i - 1].Count(p => p >= places[i - 1][prompt[i]]));
        }

        var goesOn = await tiny.PostAsync(Text, new JsonObject { ["prompt"] = new JsonArray("The", "no"), ["max_tokens"] = 2, ["echo"] = true, ["logprobs"] = 0, ["temperature"] = 0, ["n"] = 2 });
        goesOn["choices"]!.AsArray().Count.ShouldBe(4);
        ((string)goesOn["choices"]![2]!["text"]!).ShouldStartWith("no");
        goesOn["choices"]![2]!["logprobs"]!["tokens"]!.AsArray().Count.ShouldBe(1 + 2);
    }

    [Fact]
    public async Task Chat_TokensAskedForByNumber_AreAllThere()
    {
        var body = Ask(1);
        (body["logprobs"], body["top_logprobs"], body["logprob_token_ids"], body["return_tokens_as_token_ids"]) = (true, 3, ServedTiny.Array([7, 250, 3]), true);
        var place = (await tiny.PostAsync(Chat, body))["choices"]![0]!["logprobs"]!["content"]![0]!;
        var prompt = ChatTemplate.Plain.Encode(tiny.Tokenizer, _question);
        var expected = tiny.Places(prompt)[^1];
        var told = place["top_logprobs"]!.AsArray().ToDictionary(t => (string)t!["token"]!, t => (double)t!["logprob"]!);
        told.Keys.Order().ShouldBe(["token_id:250", "token_id:3", "token_id:7"]);
        foreach (var (name, log) in told)
            log.ShouldBe(expected[int.Parse(name.Split(':')[1])], 1e-4);
    }

    [Fact]
    public async Task Tokenize_AndBack_IsTheTokenizers()
    {
        var plain = await tiny.PostAsync("/tokenize", new JsonObject { ["prompt"] = "yes <|im_end|>", ["return_token_strs"] = true });
        plain["tokens"]!.AsArray().Select(t => (int)t!).ShouldBe(tiny.Tokenizer.EncodeTemplate("yes <|im_end|>"));
        ((int)plain["max_model_len"]!).ShouldBe(512);
        plain["token_strs"]!.AsArray().Count.ShouldBe((int)plain["count"]!);
        var messages = await tiny.PostAsync("/tokenize", new JsonObject { ["messages"] = ServedTiny.Messages(("user", _question[0].Text)), ["chat_template_kwargs"] = new JsonObject { ["enable_thinking"] = false } });
        messages["tokens"]!.AsArray().Select(t => (int)t!).ShouldBe(ChatTemplate.Plain.Encode(tiny.Tokenizer, _question, ChatTurn.Opened, enableThinking: false));
        ((string)(await tiny.PostAsync("/detokenize", new JsonObject { ["tokens"] = plain["tokens"]!.DeepClone() }))["prompt"]!).ShouldBe("yes <|im_end|>");
    }

    [Fact]
    public async Task Get_ModelsHealthAndVersion_AreThere()
    {
        var model = JsonNode.Parse(await tiny.Client.GetStringAsync("/v1/models", TestContext.Current.CancellationToken))!["data"]![0]!;
        ((string)model["id"]!).ShouldBe("tiny");
        ((int)model["max_model_len"]!).ShouldBe(512);
        ((string)JsonNode.Parse(await tiny.Client.GetStringAsync("/health", TestContext.Current.CancellationToken))!["status"]!).ShouldBe("ok");
        ((string)JsonNode.Parse(await tiny.Client.GetStringAsync("/version", TestContext.Current.CancellationToken))!["version"]!).ShouldNotBeEmpty();
    }

    private static JsonObject Ask(int most) => new() { ["model"] = "tiny", ["messages"] = ServedTiny.Messages(("user", _question[0].Text)), ["max_tokens"] = most, ["temperature"] = 0 };
}
