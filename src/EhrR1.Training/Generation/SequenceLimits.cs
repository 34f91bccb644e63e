namespace EhrR1.Training;

/// <summary>What changes a sequence's logits before the draw: tokens seen, biases, tokens and answers that may come.</summary>
internal sealed class SequenceLimits
{
    private readonly HashSet<int> _seen;
    private readonly bool _penalizes;
    private readonly IReadOnlyList<int> _stops;
    private AnswerTree? _answers;

    public SequenceLimits(SequenceRequest request, IReadOnlyList<int> stops)
    {
        _penalizes = request.Options.RepetitionPenalty != 1;
        _seen = _penalizes ? [.. request.Prompt] : [];
        _answers = request.Options.AllowedAnswers is { } answers ? AnswerTree.Of(answers) : null;
        _stops = stops;
    }

    /// <summary>Whether an allowed answer is complete and no longer one begins with it.</summary>
    public bool IsComplete => _answers is { IsLeaf: true };

    public void Apply(Span<float> scores, SequenceOptions options)
    {
        if (_penalizes)
        {
            foreach (var token in _seen)
                scores[token] = (float)(scores[token] > 0 ? scores[token] / options.RepetitionPenalty : scores[token] * options.RepetitionPenalty);
        }

        foreach (var (token, bias) in options.LogitBias)
            scores[token] += (float)bias;
        if (_answers is { } place)
            Only(scores, place.IsAnswer ? place.Tokens.Concat(_stops) : place.Tokens);
        else if (options.AllowedTokens is { } allowed)
            Only(scores, allowed);
    }

    public void Add(int token)
    {
        if (_penalizes)
            _seen.Add(token);
        _answers = _answers?.After(token);
    }

    private static void Only(Span<float> scores, IEnumerable<int> tokens)
    {
        var kept = tokens.Distinct().ToArray();
        var values = new float[kept.Length];
        for (var i = 0; i < kept.Length; i++)
            values[i] = scores[kept[i]];
        scores.Fill(float.NegativeInfinity);
        for (var i = 0; i < kept.Length; i++)
            scores[kept[i]] = values[i];
    }
}
