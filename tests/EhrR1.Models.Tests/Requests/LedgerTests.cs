using EhrR1.Charts;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Requests;

public sealed class LedgerTests
{
    private static readonly TokenPrices _prices = new() { PromptPerMillion = 2m, CachedPerMillion = 0.5m, CompletionPerMillion = 8m };

    [Fact]
    public void CostOf_Usage_PricesEachKindOfToken()
        => _prices.CostOf(new TokenUsage(1_000_000, 500_000, 400_000)).ShouldBe((0.6m * 2) + (0.4m * 0.5m) + (0.5m * 8));

    [Fact]
    public async Task Generate_Metered_EntersWhatWasUsed()
    {
        var ledger = new Ledger(_prices, usedBefore: new TokenUsage(1000, 0));
        var model = new MeteredModel(new ScriptedModel(_ => "x"), ledger);
        await model.GenerateAsync(Questions.Generation());
        await model.ScoreAnswersAsync(Questions.YesOrNo());
        ledger.Used.ShouldBe(new TokenUsage(1200, 11, 40));
        ledger.Cost.ShouldBe(_prices.CostOf(new TokenUsage(1200, 11, 40)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Generate_BudgetUsedUp_IsNotAsked(bool tokens)
    {
        // Each call uses 110 tokens and reserves 128 new ones and half of the prompt's bytes.
        var ledger = new Ledger(_prices, tokens ? new Budget { Tokens = 1000 } : new Budget { Money = _prices.CostOf(new TokenUsage(1000, 100, 400)) });
        var inner = new ScriptedModel(_ => "x");
        var model = new MeteredModel(inner, ledger);
        var error = await Should.ThrowAsync<EhrR1Exception>(async () =>
        {
            while (true)
                await model.GenerateAsync(Questions.Generation());
        });
        error.What.ShouldContain(tokens ? "budget of 1000 tokens" : "USD");
        (ledger.Used.Prompt + ledger.Used.Completion).ShouldBe(110 * inner.Calls);
        inner.Calls.ShouldBeGreaterThan(5);
        if (tokens)
            (ledger.Used.Prompt + ledger.Used.Completion).ShouldBeLessThanOrEqualTo(1000);
        else
            ledger.Cost.ShouldBeLessThanOrEqualTo(_prices.CostOf(new TokenUsage(1000, 100, 400)));
    }

    [Fact]
    public async Task Generate_CallThatFails_CostsNothing()
    {
        var ledger = new Ledger(_prices, new Budget { Tokens = 200 });
        var model = new MeteredModel(new ScriptedModel(call => call < 10 ? throw new EndpointCallException(EndpointFault.Refused) : "x"), ledger);
        for (var i = 1; i < 10; i++)
            await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()));
        await model.GenerateAsync(Questions.Generation());
        ledger.Used.Completion.ShouldBe(10);
    }

    [Fact]
    public async Task Reserve_DoesNotFitBesideOthers_WaitsUntilTheyAreSettled()
    {
        var ledger = new Ledger(budget: new Budget { Tokens = 100 });
        await ledger.ReserveAsync(new TokenUsage(60, 0));
        var second = ledger.ReserveAsync(new TokenUsage(60, 0)).AsTask();
        second.IsCompleted.ShouldBeFalse();
        ledger.Settle(new TokenUsage(60, 0), new TokenUsage(30, 0));
        await second;
        ledger.Settle(new TokenUsage(60, 0), new TokenUsage(60, 0));
        await Should.ThrowAsync<EhrR1Exception>(async () => await ledger.ReserveAsync(new TokenUsage(20, 0)));
        await ledger.ReserveAsync(new TokenUsage(10, 0));
    }
}
