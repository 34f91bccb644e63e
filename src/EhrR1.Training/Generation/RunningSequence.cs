using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>A sequence that is being generated.</summary>
internal sealed class RunningSequence(int number, SequenceRequest request, IReadOnlyList<int> stops, ByteLevelTokenizer? tokenizer, int longest)
{
    private readonly SequenceLimits _limits = new(request, stops);
    private readonly AnswerText _text = new(tokenizer, request.Options.StopTexts);
    private readonly List<int> _tokens = [];
    private readonly List<double> _logProbabilities = [];
    private readonly List<IReadOnlyList<TokenChance>> _alternatives = [];
    private TextPlace? _place = request.Options.Place is { } place ? new TextPlace(place) : null;

    public int Number => number;

    public int LastToken => _tokens[^1];

    /// <summary>Tokens of prompt and answer when it has come to its end.</summary>
    public int Most { get; init; }

    /// <summary>Set by whoever wants no more of it.</summary>
    public bool IsCancelled { get; set; }

    public SequenceEnd? End { get; private set; }

    public GeneratedSequence Result => new() { Tokens = _tokens, LogProbabilities = _logProbabilities, Alternatives = _alternatives, Text = _text.Text, End = End ?? SequenceEnd.Cancelled };

    /// <summary>Draws the next token from logits.</summary>
    public GeneratedToken Next(ReadOnlySpan<float> logits, TokenDraw draw)
    {
        var options = request.Options;
        var token = draw.Draw(logits, options, _limits, _place?.Place ?? DrawSeed.Uniform(options.Seed, _tokens.Count), out var share);
        _place = _place?.Within(share);
        var sum = draw.LogSum(logits);
        var chance = new TokenChance(token, logits[token] - sum);
        var told = options.WatchedTokens.Count > 0 ? Watched(logits, sum) : options.Alternatives > 0 ? draw.Best(logits, sum, options.Alternatives) : [];
        _tokens.Add(token);
        _logProbabilities.Add(chance.LogProbability);
        if (told.Count > 0)
            _alternatives.Add(told);
        _limits.Add(token);
        var isStop = stops.Contains(token);
        var certain = isStop ? "" : _text.Add(token);
        End = IsCancelled ? SequenceEnd.Cancelled
            : isStop ? SequenceEnd.StopToken
            : _text.IsStopped ? SequenceEnd.StopText
            : _limits.IsComplete ? SequenceEnd.Answer
            : _tokens.Count >= options.MaxNewTokens || request.Prompt.Count + _tokens.Count >= longest ? SequenceEnd.Length
            : null;
        if (End is not null && End != SequenceEnd.StopText)
            certain += _text.End();
        return new GeneratedToken(number, chance, told, certain, End);
    }

    private TokenChance[] Watched(ReadOnlySpan<float> logits, double sum)
    {
        var watched = new TokenChance[request.Options.WatchedTokens.Count];
        for (var i = 0; i < watched.Length; i++)
            watched[i] = new TokenChance(request.Options.WatchedTokens[i], logits[request.Options.WatchedTokens[i]] - sum);
        Array.Sort(watched, (a, b) => b.LogProbability.CompareTo(a.LogProbability));
        return watched;
    }
}
