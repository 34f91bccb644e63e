using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class PromptBudgetTests
{
    private static readonly ByteLevelTokenizer _tokenizer = TokenFixtures.Tiny("qwen3");

    private static readonly ITokenCounter[] _counters = [_tokenizer, new EstimatedTokenCounter(), new Remote(_tokenizer)];

    private static Gen<(string Input, string Question, int Limit, int More)> AnyCase { get; } =
        Gen.Select(ByteLevelTokenizerTests.AnyText, ByteLevelTokenizerTests.AnyText, Gen.Int[0, 120], Gen.Int[0, 40], (input, question, limit, more) => (WholeCharacters.Of(input), "\n" + question, limit, more));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Fit_AnyText_NeverExceedsAndKeepsTheQuestionBehindAnEndOfTheInput(int counter)
    {
        var budget = new PromptBudget(_counters[counter]);
        await AnyCase.SampleAsync(async c =>
        {
            var least = await budget.Counter.CountAsync(c.Question, TestContext.Current.CancellationToken);
            var full = await budget.Counter.CountAsync(c.Input + c.Question, TestContext.Current.CancellationToken);
            if (least > c.Limit && full > c.Limit)
            {
                await Should.ThrowAsync<EhrR1Exception>(async () => await budget.FitAsync(c.Input, c.Question, c.Limit, "sample-1", TestContext.Current.CancellationToken));
                return;
            }

            var fitted = await budget.FitAsync(c.Input, c.Question, c.Limit, null, TestContext.Current.CancellationToken);
            fitted.Tokens.ShouldBe(await budget.Counter.CountAsync(fitted.Text, TestContext.Current.CancellationToken));
            fitted.Tokens.ShouldBeLessThanOrEqualTo(c.Limit);
            fitted.Text.ShouldEndWith(c.Question);
            (c.Input + c.Question).ShouldEndWith(fitted.Text);
            var kept = fitted.Text[..^c.Question.Length];
            WholeCharacters.Of(kept).ShouldBe(kept, "half a character was cut");
            (fitted.CutTokens > 0).ShouldBe(fitted.Text.Length < c.Input.Length + c.Question.Length);
            if (full <= c.Limit)
                fitted.Text.ShouldBe(c.Input + c.Question);
        }, iter: 600);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Fit_WithALargerLimit_NeverKeepsLess(int counter)
    {
        var budget = new PromptBudget(_counters[counter]);
        await AnyCase.SampleAsync(async c =>
        {
            if (await budget.TryFitAsync(c.Input, c.Question, c.Limit, default) is { } small)
                (await budget.TryFitAsync(c.Input, c.Question, c.Limit + c.More, default))!.Value.Text.Length.ShouldBeGreaterThanOrEqualTo(small.Text.Length);
        }, iter: 600);
    }

    [Fact]
    public async Task Fit_LongChart_UsesNearlyAllOfTheLimit()
    {
        var chart = string.Concat(Enumerable.Range(0, 3000).Select(i => $"| Sodium | {i % 47 + 120} | mmol/L |\n"));
        var exact = await new PromptBudget(_tokenizer).FitAsync(chart, "\nWhat is next?", 5000, null, TestContext.Current.CancellationToken);
        exact.Tokens.ShouldBeGreaterThan(4990);
        exact.CutTokens.ShouldBe(_tokenizer.Count(chart + "\nWhat is next?") - exact.Tokens);
        var remote = new Remote(_tokenizer);
        var guessed = await new PromptBudget(remote).FitAsync(chart, "\nWhat is next?", 5000, null, TestContext.Current.CancellationToken);
        guessed.Tokens.ShouldBeInRange(4800, 5000);
        remote.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task Fit_RemoteCounterOfUnevenText_AsksSeldom()
    {
        // Sparse at first, dense at the end, so that the proportion misleads.
        var remote = new Remote(_tokenizer);
        var text = new string(' ', 40_000) + string.Concat(Enumerable.Repeat("1a", 20_000));
        (await new PromptBudget(remote).FitAsync(text, "\n?", 8000, null, TestContext.Current.CancellationToken)).Tokens.ShouldBeInRange(4000, 8000);
        remote.Calls.ShouldBeLessThan(12);
    }

    [Fact]
    public async Task Fit_QuestionThatIsTooLong_SaysWhichSample()
    {
        var error = await Should.ThrowAsync<EhrR1Exception>(async () => await new PromptBudget(_tokenizer).FitAsync("chart", "\nquestion", 3, "labevents-7", TestContext.Current.CancellationToken));
        error.Where.ShouldBe("labevents-7");
        error.Message.ShouldNotContain("chart");
    }

    /// <summary>A counter that cannot cut, as an endpoint is one.</summary>
    private sealed class Remote(ByteLevelTokenizer tokenizer) : ITokenCounter
    {
        public string Name => "endpoint";

        public bool IsExact => true;

        public int Calls { get; private set; }

        public async ValueTask<int> CountAsync(string text, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Calls++;
            return tokenizer.Count(text);
        }
    }
}
