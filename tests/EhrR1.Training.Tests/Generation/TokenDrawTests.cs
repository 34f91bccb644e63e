namespace EhrR1.Training.Tests;

public sealed class TokenDrawTests
{
    // Probabilities 0.5, 0.25, 0.125, 0.125 at temperature 1.
    private static readonly float[] _logits = [MathF.Log(0.125f), MathF.Log(0.5f), MathF.Log(0.25f), MathF.Log(0.125f)];

    [Fact]
    public void Draw_AtTemperature0_TakesTheMostProbable() => Draw(new SequenceOptions(), 0.99).ShouldBe(1);

    [Theory]
    [InlineData(1e-7)]
    [InlineData(1e-39)]
    [InlineData(double.Epsilon)]
    public void Draw_NearTemperature0_TakesTheMostProbable(double temperature)
    {
        foreach (var options in (SequenceOptions[])[new() { Temperature = temperature }, new() { Temperature = temperature, MinP = 0.1 }, new() { Temperature = temperature, TopP = 0.9 }, new() { Temperature = temperature, TopK = 3, TopP = 0.9, MinP = 1 }])
            Draw(options, 0.99).ShouldBe(1);
    }

    [Fact]
    public void Draw_OfNoNumbers_IsAToken()
    {
        foreach (var options in (SequenceOptions[])[new() { Temperature = 1 }, new() { Temperature = 1, TopK = 2 }, new() { Temperature = 1, TopP = 0.9 }, new() { Temperature = 1, MinP = 0.1 }])
            new TokenDraw(4).Draw([float.NaN, float.NaN, float.NaN, float.NaN], options, Limits(options), 0.5, out _).ShouldBeInRange(0, 3);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.12, 0)]
    [InlineData(0.13, 1)]
    [InlineData(0.62, 1)]
    [InlineData(0.63, 2)]
    [InlineData(0.874, 2)]
    [InlineData(0.876, 3)]
    [InlineData(0.999999, 3)]
    public void Draw_FromAll_FollowsTheProbabilities(double uniform, int expected) => Draw(new SequenceOptions { Temperature = 1 }, uniform).ShouldBe(expected);

    [Fact]
    public void Draw_AtALowerTemperature_IsSharper()
    {
        // Squared, the probabilities are 1/16, 1/4 … of a sum of 11/32, so the best has 8/11.
        var share = Enumerable.Range(0, 1100).Count(i => Draw(new SequenceOptions { Temperature = 0.5 }, (i + 0.5) / 1100) == 1);
        share.ShouldBeInRange(799, 801);
    }

    [Fact]
    public void Draw_WithEveryLimit_DrawsWhatItLeaves()
    {
        Drawn(new SequenceOptions { Temperature = 1, TopK = 2 }).ShouldBe([1, 2]);
        Drawn(new SequenceOptions { Temperature = 1, TopK = 3 }).ShouldBe([0, 1, 2]);
        Drawn(new SequenceOptions { Temperature = 1, TopP = 0.5 }).ShouldBe([1]);
        Drawn(new SequenceOptions { Temperature = 1, TopP = 0.74 }).ShouldBe([1, 2]);
        Drawn(new SequenceOptions { Temperature = 1, TopP = 0.76 }).ShouldBe([0, 1, 2]);
        Drawn(new SequenceOptions { Temperature = 1, MinP = 0.4 }).ShouldBe([1, 2]);
        Drawn(new SequenceOptions { Temperature = 1, MinP = 0.2 }).ShouldBe([0, 1, 2, 3]);
        // Of the two best, two thirds and one third are left.
        Drawn(new SequenceOptions { Temperature = 1, TopK = 2, TopP = 0.6 }).ShouldBe([1]);
        Drawn(new SequenceOptions { Temperature = 1, AllowedTokens = [3, 0, 3] }).ShouldBe([0, 3]);
        Drawn(new SequenceOptions { Temperature = 1, LogitBias = new Dictionary<int, double> { [1] = double.NegativeInfinity, [2] = -100 } }).ShouldBe([0, 3]);
    }

    [Fact]
    public void Draw_LimitedShares_AreRenormalized() =>
        Enumerable.Range(0, 3000).Count(i => Draw(new SequenceOptions { Temperature = 1, TopK = 2 }, (i + 0.5) / 3000) == 1).ShouldBeInRange(1999, 2001);

    [Fact]
    public void Draw_OfALongTail_FindsTheNucleus()
    {
        // Half in one token, half spread evenly over many: the nucleus of 0.75 holds it and half of the others.
        var logits = new float[4001];
        Array.Fill(logits, MathF.Log(0.5f / 4000));
        logits[2000] = MathF.Log(0.5f);
        var draw = new TokenDraw(4001);
        var drawn = Enumerable.Range(0, 20_000).Select(i => draw.Draw(logits, new SequenceOptions { Temperature = 1, TopP = 0.75 }, Limits(new()), (i + 0.5) / 20_000, out _)).Distinct().Count();
        drawn.ShouldBeInRange(1998, 2004);
    }

    [Fact]
    public void Draw_WithAPenalty_AvoidsWhatWasSeen()
    {
        var limits = new SequenceLimits(new SequenceRequest([1], new SequenceOptions { RepetitionPenalty = 3 }), []);
        new TokenDraw(4).Draw(_logits, new SequenceOptions { RepetitionPenalty = 3 }, limits, 0, out _).ShouldBe(2);
        limits.Add(2);
        new TokenDraw(4).Draw([2, 2.5f, 3, 1.1f], new SequenceOptions { RepetitionPenalty = 3 }, limits, 0, out _).ShouldBe(0);
    }

    [Theory]
    [InlineData(1, null, 0), InlineData(0.8, null, 0), InlineData(1, 3, 0), InlineData(1, null, 0.2)]
    public void Draw_EvenNumbers_HitATokensShareEvenly(double topP, int? topK, double minP)
    {
        const int All = 10_000;
        var options = new SequenceOptions { Temperature = 1, TopP = topP, TopK = topK, MinP = minP };
        var hits = Enumerable.Range(0, All).Select(i => (Token: new TokenDraw(4).Draw(_logits, options, Limits(options), (i + 0.5) / All, out var share), Share: share)).GroupBy(h => h.Token).ToList();
        hits.Count.ShouldBeGreaterThan(1);
        foreach (var token in hits)
        {
            var places = token.Select(h => h.Share.Place).Order().ToList();
            token.ShouldAllBe(h => Math.Abs((h.Share.Chance * All) - places.Count) <= 1);
            places.Select((p, i) => Math.Abs(p - ((i + 0.5) / places.Count))).Max().ShouldBeLessThan(1.5 / places.Count);
        }
    }

    [Fact]
    public void Uniform_OfASeed_IsEven()
    {
        var numbers = Enumerable.Range(0, 20_000).Select(i => DrawSeed.Uniform(i % 100, i / 100)).ToList();
        numbers.ShouldAllBe(u => u >= 0 && u < 1);
        numbers.Average().ShouldBe(0.5, 0.01);
        numbers.GroupBy(u => (int)(u * 10)).ShouldAllBe(g => Math.Abs(g.Count() - 2000) < 200);
        numbers.Distinct().Count().ShouldBe(20_000);
    }

    private static int[] Drawn(SequenceOptions options) => [.. Enumerable.Range(0, 200).Select(i => Draw(options, (i + 0.5) / 200)).Distinct().Order()];

    private static int Draw(SequenceOptions options, double uniform) => new TokenDraw(4).Draw(_logits, options, Limits(options), uniform, out _);

    private static SequenceLimits Limits(SequenceOptions options) => new(new SequenceRequest([0], options), []);
}
