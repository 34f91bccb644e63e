using System.CommandLine;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>The options by which actions of <see cref="InsCommand"/> ask a language model.</summary>
internal sealed class InsEndpoint
{
    private readonly Option<long?> _tokens = new("--budget-tokens") { Description = "Reason, check: stop before more tokens than this are used, read and written together.", HelpName = "N" };
    private readonly Option<string?> _prices = new("--prices") { Description = "Reason, check: the prices of a million prompt and completion tokens and, if they differ, of cached ones.", HelpName = "PROMPT,COMPLETION[,CACHED]" };
    private readonly Option<decimal?> _budget = new("--budget") { Description = "Reason, check: stop before more than this is spent, by the prices given.", HelpName = "MONEY" };
    private readonly Option<string?> _key = new("--key-file") { Description = "Reason, check: a file that holds the endpoint's key and nothing else. The default is the variable EHR_R1_API_KEY, or the service's own.", HelpName = "FILE" };

    public Option<int> Concurrency { get; } = CommonOptions.Count("--concurrency", "Reason, check: samples asked about at once.", 16);

    public IReadOnlyList<Option> All => [Concurrency, _tokens, _prices, _budget, _key];

    /// <summary>Says what does not fit together before anything is done.</summary>
    public void Require(CommandRun run)
    {
        if (run.IsSet(_budget) && !run.IsSet(_prices))
            throw CommandRun.UserError("--budget needs --prices: without them nothing costs anything", "Give the prices of a million tokens, or a limit with --budget-tokens");
    }

    /// <summary>Reaches an endpoint, under the data policy of the settings.</summary>
    public Task<OpenAiModel> OpenAsync(CommandRun run, EndpointAddress address) =>
        OpenAiModel.OpenAsync(address, new EndpointOptions { Key = EndpointKey.Find(address, run.PathOf(_key), run.Terminal.Variable), Data = run.Data }, cancellationToken: run.Cancellation);

    /// <summary>What tokens cost, where that was said.</summary>
    public TokenPrices? Prices(CommandRun run) => run.Get(_prices) is { } prices ? TokenPriceText.Parse(prices) : null;

    /// <summary>The ledger of a run that has used some tokens before.</summary>
    public Ledger LedgerOf(CommandRun run, TokenUsage before) =>
        new(Prices(run), new Budget { Money = run.Get(_budget), Tokens = run.Get(_tokens) }, before);
}
