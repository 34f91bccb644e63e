using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EhrR1.Models;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

/// <summary>A tiny random model in a folder of its own, served, with a twin of it to compare with.</summary>
public sealed class ServedTiny : IAsyncLifetime
{
    /// <summary>Tokens of the vocabulary.</summary>
    public const int Vocabulary = 290;

    private readonly TemporaryFolder _folder = new();
    private DecoderModel? _model;
    private GenerationWorker? _worker;
    private ModelServer? _server;

    public ServedTiny() => Make(Folder);

    /// <summary>The model's folder.</summary>
    public string Folder => _folder.PathOf("tiny");

    public DecoderModel Twin { get; private set; } = null!;

    public ByteLevelTokenizer Tokenizer { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public ModelServer Server => _server!;

    public GenerationWorker Worker => _worker!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Writes a model folder: a vocabulary with "yes" and "no", Qwen3's architecture, weights far from even.</summary>
    public static void Make(string folder, int positions = 512)
    {
        var trainer = new BpeTrainer();
        foreach (var word in (string[])["yes", "no", "Yes", "No", " yes", " no", "Answer", "The patient takes aspirin.", "Grüße"])
        {
            for (var i = 0; i < 20; i++)
                trainer.Add(word);
        }

        AddedTokenText[] added = [new("<|endoftext|>", IsSpecial: true), new("<|im_start|>", IsSpecial: true), new("<|im_end|>", IsSpecial: true), new("<think>", IsSpecial: false), new("</think>", IsSpecial: false)];
        var vocabulary = trainer.Train(Vocabulary, added);
        Directory.CreateDirectory(folder);
        vocabulary.Write(folder, ChatTemplate.Plain, "<|im_end|>", "<|endoftext|>", positions);
        var tokenizer = ByteLevelTokenizer.Load(folder);
        var config = TinyModel.Config with { VocabularySize = vocabulary.Size, MaxPositions = positions, InitializerRange = 0.4, EndTokens = [tokenizer.IdOf("<|im_end|>")!.Value], PaddingToken = tokenizer.IdOf("<|endoftext|>") };
        using var model = DecoderModel.Create(config, 3);
        ModelFolder.Save(model, folder);
    }

    public async ValueTask InitializeAsync()
    {
        Twin = ModelFolder.LoadModel(Folder);
        _model = ModelFolder.LoadModel(Folder);
        Tokenizer = ModelFolder.LoadTokenizer(Folder, Twin.Config);
        _worker = new GenerationWorker(_model, Tokenizer);
        _server = await ModelServer.StartAsync("tiny", _worker, ChatTemplate.Load(Folder), GenerationDefaults.Read(Folder, Twin.Config), new ServingOptions { Port = 0, MostBytes = 1 << 20, MostWaiting = 64 }, cancellationToken: Token);
        Client = new HttpClient { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        _worker!.Dispose();
        _model!.Dispose();
        Twin.Dispose();
        _folder.Dispose();
    }

    /// <summary>Sends a request and gives its answer.</summary>
    public async Task<JsonNode> PostAsync(string route, JsonObject body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var reply = await Client.PostAsync(new Uri(route, UriKind.Relative), content, Token);
        var text = await reply.Content.ReadAsStringAsync(Token);
        reply.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Sends a request that is answered piece by piece, and gives the pieces.</summary>
    public async Task<JsonNode[]> StreamAsync(string route, JsonObject body)
    {
        body["stream"] = true;
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var reply = await Client.PostAsync(new Uri(route, UriKind.Relative), content, Token);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = (await reply.Content.ReadAsStringAsync(Token)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events[^1].ShouldBe("data: [DONE]");
        return [.. events[..^1].Select(e => JsonNode.Parse(e["data: ".Length..])!)];
    }

    /// <summary>What the model's batch gives without any server.</summary>
    public GeneratedSequence Generate(int[] prompt, SequenceOptions options)
    {
        using var batch = new GenerationBatch(Twin, Tokenizer);
        return batch.Run([new SequenceRequest(prompt, options)])[0];
    }

    /// <summary>The log-probabilities of what comes at each place, by one pass over the whole.</summary>
    public float[][] Places(int[] tokens)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var log = Twin.Forward(Small.Batch(tokens))[0].log_softmax(-1);
        return [.. Enumerable.Range(0, tokens.Length).Select(i => Small.Numbers(log[i]))];
    }

    public static JsonArray Array(IEnumerable<int> tokens) => new([.. tokens.Select(t => (JsonNode)t)]);

    public static JsonArray Messages(params (string Role, string Text)[] messages) => new([.. messages.Select(m => (JsonNode)new JsonObject { ["role"] = m.Role, ["content"] = m.Text })]);
}
