namespace EhrR1.Training;

/// <summary>Room for what a step computes on its way.</summary>
internal sealed class FloatBuffers(ModelConfig config, int rows, int tokens)
{
    private readonly float[] _scores = new float[rows * tokens];

    public float[] Stream { get; } = new float[rows * config.HiddenSize];

    public float[] Normed { get; } = new float[rows * config.HiddenSize];

    public float[] Heads { get; } = new float[rows * (config.Heads + (2 * config.KeyValueHeads)) * config.HeadSize];

    public float[] Mixed { get; } = new float[rows * config.Heads * config.HeadSize];

    public float[] Gate { get; } = new float[rows * config.IntermediateSize];

    public float[] Up { get; } = new float[rows * config.IntermediateSize];

    public float[] Sigmoids { get; } = new float[config.IntermediateSize];

    public float[] Logits { get; } = new float[rows * config.VocabularySize];

    public bool Fits(int wantedRows, int wantedTokens) => wantedRows <= rows && wantedTokens <= tokens;

    /// <summary>Room for one row's scores.</summary>
    public Span<float> Scores(int row) => _scores.AsSpan(row * tokens, tokens);

    /// <summary>About how many products attention computes in one layer.</summary>
    public long Work(int wantedRows) => (long)wantedRows * tokens * config.Heads * config.HeadSize;
}
