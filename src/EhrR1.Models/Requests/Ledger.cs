using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Keeps count of the tokens and the money that calls use, and stops before a budget is overdrawn.</summary>
/// <remarks>
/// A call reserves what it may use before it is made. What does not fit any more waits until calls under way are settled, which mostly use less than
/// they reserved; what does not fit even then is refused. Safe for use by any number of threads.
/// </remarks>
/// <param name="prices">What tokens cost; <see langword="null"/> for nothing.</param>
/// <param name="budget">What may be used; <see langword="null"/> for no limit.</param>
/// <param name="usedBefore">What was used before, as after a resumption.</param>
public sealed class Ledger(TokenPrices? prices = null, Budget? budget = null, TokenUsage usedBefore = default)
{
    private readonly Lock _counting = new();
    private readonly Budget _budget = budget ?? new Budget();
    private TokenUsage _used = usedBefore;
    private TokenUsage _reserved;
    private int _underWay;
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What tokens cost.</summary>
    public TokenPrices Prices { get; } = prices ?? new TokenPrices();

    /// <summary>The tokens used, those before included.</summary>
    public TokenUsage Used
    {
        get
        {
            lock (_counting)
                return _used;
        }
    }

    /// <summary>What they cost.</summary>
    public decimal Cost => Prices.CostOf(Used);

    /// <summary>Reserves what a call may use, waiting for calls under way where it does not fit beside them.</summary>
    /// <param name="most">The tokens it may use.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="EhrR1Exception">It does not fit the budget.</exception>
    public async ValueTask ReserveAsync(TokenUsage most, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task settled;
            lock (_counting)
            {
                if (Fits(_used + _reserved + most))
                {
                    _reserved += most;
                    _underWay++;
                    return;
                }

                if (_underWay == 0 || !Fits(_used + most))
                    throw Overdrawn();
                settled = _settled.Task;
            }

            await settled.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Settles a call.</summary>
    /// <param name="most">What was reserved.</param>
    /// <param name="used">What was used; nothing for a call that failed.</param>
    public void Settle(TokenUsage most, TokenUsage used)
    {
        TaskCompletionSource settled;
        lock (_counting)
        {
            _reserved = new TokenUsage(_reserved.Prompt - most.Prompt, _reserved.Completion - most.Completion, _reserved.Cached - most.Cached);
            _used += used;
            _underWay--;
            settled = _settled;
            _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        settled.SetResult();
    }

    private bool Fits(TokenUsage usage) => !(usage.Prompt + usage.Completion > _budget.Tokens) && !(Prices.CostOf(usage) > _budget.Money);

    private EhrR1Exception Overdrawn() => new(
        _budget.Tokens is { } tokens && !(Prices.CostOf(_used) >= _budget.Money) ? $"The budget of {tokens} tokens is used up: {_used.Prompt + _used.Completion} are used" : $"The budget of {_budget.Money} {Prices.Currency} is used up: {Prices.CostOf(_used):0.####} are spent",
        null, "Raise the budget and run the command again; what is finished is kept");
}
