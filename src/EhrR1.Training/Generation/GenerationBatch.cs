using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Sequences that are generated together; they join and leave between steps.</summary>
/// <remarks>
/// On a CPU with 32-bit floats a sequence's tokens depend on its prompt, options and seed alone. On other devices and in other types, and
/// with LoRA attached, sums are rounded in an order that depends on the batch, so a draw at the very border may fall otherwise. Not safe for
/// use by several threads; use from one thread, as libtorch's scopes belong to threads.
/// </remarks>
public sealed class GenerationBatch : IDisposable
{
    private readonly DecoderModel _model;
    private readonly ByteLevelTokenizer? _tokenizer;
    private readonly GenerationLimits _limits;
    private readonly IReadOnlyList<int> _stops;
    private readonly PromptReader _reader;
    private readonly IDecodingEngine _engine;
    private readonly TokenDraw _draw;
    private readonly List<RunningSequence> _running = [];
    private readonly Queue<(int Number, SequenceRequest Request)> _waiting = new();
    private float[] _logits = [];
    private int _count;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="model">The model; it must not be trained while the batch runs.</param>
    /// <param name="tokenizer">Makes text of tokens; without it there is none and stop texts do nothing.</param>
    /// <param name="limits">How much is generated at once.</param>
    /// <param name="stopTokens">The tokens that end a sequence that names none; by default those of config.json.</param>
    public GenerationBatch(DecoderModel model, ByteLevelTokenizer? tokenizer = null, GenerationLimits? limits = null, IReadOnlyList<int>? stopTokens = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _tokenizer, _limits) = (model, tokenizer, limits ?? new GenerationLimits());
        _stops = stopTokens ?? model.Config.EndTokens;
        _reader = new PromptReader(model);
        _engine = FloatEngine.CanStep(model) ? new FloatEngine(model) : new TensorEngine(model);
        _draw = new TokenDraw(model.Config.VocabularySize);
    }

    internal GenerationBatch(DecoderModel model, IDecodingEngine engine, GenerationLimits? limits = null)
        : this(model, limits: limits)
    {
        _engine.Dispose();
        _engine = engine;
    }

    /// <summary>Whether nothing runs or waits.</summary>
    public bool IsDone => _running.Count == 0 && _waiting.Count == 0;

    /// <summary>Sequences that run or wait.</summary>
    public int Count => _running.Count + _waiting.Count;

    /// <summary>Bytes of keys and values held.</summary>
    public long CacheBytes => _engine.Bytes;

    /// <summary>Adds a request.</summary>
    /// <returns>Its number, counted from 0.</returns>
    /// <exception cref="EhrR1Exception">The prompt is empty, too long for the model, or a token is not the model's.</exception>
    public int Add(SequenceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        _waiting.Enqueue((_count, request));
        return _count++;
    }

    /// <summary>Ends a sequence with its next token; one that still waits is dropped and nobody is told of it. One that has ended is left alone.</summary>
    public void Cancel(int number)
    {
        if (_running.Find(r => r.Number == number) is { } running)
        {
            running.IsCancelled = true;
            return;
        }

        for (var left = _waiting.Count; left > 0; left--)
        {
            if (_waiting.Dequeue() is var waiting && waiting.Number != number)
                _waiting.Enqueue(waiting);
        }
    }

    /// <summary>Generates one token for every running sequence, and the first of those that have room to begin.</summary>
    /// <param name="onToken">Told every token.</param>
    /// <param name="onEnd">Told every sequence that ended, with its number.</param>
    /// <param name="cancellationToken">Stops between prompts; what runs goes on with the next step.</param>
    public void Step(Action<GeneratedToken>? onToken, Action<int, GeneratedSequence>? onEnd, CancellationToken cancellationToken = default)
    {
        if (_running.Count > 0)
        {
            var vocabulary = _model.Config.VocabularySize;
            if (_logits.Length < _running.Count * vocabulary)
                _logits = new float[_running.Count * vocabulary];
            var logits = _logits.AsSpan(0, _running.Count * vocabulary);
            _engine.Step([.. _running.Select(r => r.LastToken)], logits);
            for (var i = 0; i < _running.Count; i++)
                Say(_running[i], _running[i].Next(logits.Slice(i * vocabulary, vocabulary), _draw), onToken, onEnd);
            Compact();
        }

        Begin(onToken, onEnd, cancellationToken);
    }

    /// <summary>Runs requests to their ends.</summary>
    /// <returns>The answers, in the order of the requests.</returns>
    public IReadOnlyList<GeneratedSequence> Run(IReadOnlyList<SequenceRequest> requests, Action<GeneratedToken>? onToken = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (!IsDone)
            throw new InvalidOperationException("The batch is running already.");
        var first = _count;
        var answers = new GeneratedSequence[requests.Count];
        foreach (var request in requests)
            Add(request);
        while (!IsDone)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step(onToken, (number, answer) => answers[number - first] = answer, cancellationToken);
        }

        return answers;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _engine.Dispose();
        _reader.Dispose();
    }

    private static void Say(RunningSequence sequence, GeneratedToken token, Action<GeneratedToken>? onToken, Action<int, GeneratedSequence>? onEnd)
    {
        onToken?.Invoke(token);
        if (token.End is not null)
            onEnd?.Invoke(sequence.Number, sequence.Result);
    }

    private void Begin(Action<GeneratedToken>? onToken, Action<int, GeneratedSequence>? onEnd, CancellationToken cancellationToken)
    {
        while (_waiting.Count > 0 && _running.Count < _limits.Sequences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (number, request) = _waiting.Peek();
            var most = MostOf(request);
            if (_running.Count > 0 && _engine.BytesOf([.. _running.Select(r => r.Most), most]) > _limits.CacheBytes)
                return;
            _waiting.Dequeue();
            var logits = _reader.Read(request.Prompt, cancellationToken);
            var sequence = new RunningSequence(number, request, request.Options.StopTokens ?? _stops, _tokenizer, _model.Config.MaxPositions) { Most = most };
            var token = sequence.Next(logits, _draw);
            Say(sequence, token, onToken, onEnd);
            if (token.End is not null)
                continue;
            _engine.Add(_reader.Seen, most);
            _running.Add(sequence);
        }
    }

    private void Compact()
    {
        if (_running.TrueForAll(r => r.End is null))
            return;
        _engine.Keep([.. Enumerable.Range(0, _running.Count).Where(i => _running[i].End is null)]);
        _running.RemoveAll(r => r.End is not null);
    }

    private int MostOf(SequenceRequest request) => (int)Math.Min(_model.Config.MaxPositions, request.Prompt.Count + (long)request.Options.MaxNewTokens);

    private void Check(SequenceRequest request)
    {
        int vocabulary = _model.Config.VocabularySize, longest = _model.Config.MaxPositions;
        if (request.Prompt.Count == 0)
            throw new EhrR1Exception("The prompt is empty", null, "Give at least one token of prompt");
        if (request.Prompt.Count >= longest)
            throw new EhrR1Exception($"The prompt has {request.Prompt.Count} tokens, and the model's longest sequence is {longest}", null, "Shorten the prompt");
        var options = request.Options;
        foreach (var token in request.Prompt.Concat(options.LogitBias.Keys).Concat(options.AllowedTokens ?? []).Concat(options.WatchedTokens).Concat(options.StopTokens ?? []).Concat((options.AllowedAnswers ?? []).SelectMany(a => a)))
        {
            if (token < 0 || token >= vocabulary)
                throw new EhrR1Exception($"The token {token} is none of the model's {vocabulary}", null, "Use the tokenizer of the model's own folder");
        }

        if (options.MaxNewTokens < 1 || options.TopK is < 1 || options.TopP is not (> 0 and <= 1) || options.MinP is not (>= 0 and <= 1) || options.Temperature is not (>= 0 and < double.PositiveInfinity) || options.RepetitionPenalty is not (> 0 and < double.PositiveInfinity) || options.AllowedTokens is { Count: 0 } || options.Place is not (null or (>= 0 and < 1)))
            throw new EhrR1Exception("An option of the generation is out of its range", null, "At least one new token and one allowed token, top-k from 1, top-p above 0 to 1, min-p 0 to 1, temperature from 0, repetition penalty above 0, place from 0 to below 1");
    }
}
