namespace EhrR1.Training;

/// <summary>The rotary embedding of one token at a time; the angles of places are kept once they were needed.</summary>
internal sealed class FloatRotary(ModelConfig config)
{
    private readonly float[][] _angles = new float[config.MaxPositions][];

    /// <summary>Turns one head.</summary>
    public void Turn(Span<float> head, int position)
    {
        var half = head.Length / 2;
        // Two threads may make the same angles at once; they are the same numbers.
        var angles = _angles[position] ??= Make(position);
        for (var i = 0; i < half; i++)
        {
            float a = head[i], b = head[i + half], cosine = angles[i], sine = angles[i + half];
            head[i] = (a * cosine) - (b * sine);
            head[i + half] = (b * cosine) + (a * sine);
        }
    }

    private float[] Make(int position)
    {
        var half = config.HeadSize / 2;
        var angles = new float[config.HeadSize];
        for (var i = 0; i < half; i++)
        {
            var (sine, cosine) = Math.SinCos(position * Math.Pow(config.RopeTheta, -2.0 * i / config.HeadSize));
            angles[i] = (float)cosine;
            angles[i + half] = (float)sine;
        }

        return angles;
    }
}
