using System.CommandLine;
using EhrR1.Evaluation;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>The options that say how a language model behind an endpoint is asked.</summary>
internal sealed class EndpointChoice
{
    private readonly Option<bool> _think = new("--think") { Description = "Let the model think before it answers a decision." };
    private readonly Option<bool> _noThink = new("--no-think") { Description = "Keep the model from thinking. Risks are always answered without." };
    private readonly Option<bool?> _candidates = new("--candidates") { Description = "Give the candidate answers and a line that asks for the bare answer; false leaves them out. The default gives them to models that were not trained on EHR-Bench.", Arity = ArgumentArity.ZeroOrOne, HelpName = "true|false" };
    private readonly Option<int?> _shots = CommonOptions.Limit("--shots", "Show this many examples before each question, from the workspace's few-shot pool. The default is none.");
    private readonly Option<int?> _context = CommonOptions.Limit("--context", "The model's context in tokens; longer inputs are cut from the left. The default is what the endpoint states, else what its error names, else 32,000.");
    private readonly Option<int?> _newTokens = CommonOptions.Limit("--max-new-tokens", "New tokens at most. The default is 128, or 4,096 where the model may think, but a quarter of the context at most.");
    private readonly Option<string?> _profile = new("--model-profile") { Description = "How the model is prompted. The default is found by the model's name.", HelpName = string.Join('|', ModelProfiles.All.Select(p => p.Name)) };
    private readonly Option<string?> _tokenizer = new("--tokenizer") { Description = "The model's tokenizer.json, or the folder that holds it, to count tokens by. The default is the endpoint's own count, else an estimate.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key-file") { Description = "A file that holds the endpoint's key and nothing else. The default is the variable EHR_R1_API_KEY, or the service's own.", HelpName = "FILE" };
    private readonly Option<string?> _prices = new("--prices") { Description = "The prices of a million prompt and completion tokens and, if they differ, of cached ones, to reckon the cost.", HelpName = "PROMPT,COMPLETION[,CACHED]" };
    private readonly Option<decimal?> _budget = new("--budget") { Description = "Stop before more than this is spent, by the prices given.", HelpName = "MONEY" };
    private readonly Option<int?> _concurrency = CommonOptions.Limit("--concurrency", "Samples asked at once. The default is 16 of an endpoint, one a core of a baseline.");

    public EndpointChoice()
    {
        _profile.AcceptOnlyFromAmong([.. ModelProfiles.All.Select(p => p.Name)]);
    }

    public Option<int?> Concurrency => _concurrency;

    private Option[] Options => [_think, _noThink, _candidates, _shots, _context, _newTokens, _profile, _tokenizer, _concurrency, _key, _prices, _budget];

    public void AddTo(Command command)
    {
        foreach (var option in Options)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_think) && result.GetValue(_noThink))
                result.AddError("--think and --no-think cannot be had together.");
            if (result.GetResult(_budget) is { Implicit: false } && result.GetResult(_prices) is null)
                result.AddError("--budget needs --prices: without them nothing costs anything.");
        });
    }

    /// <summary>Says which of these options were given to a baseline, which has no use for them.</summary>
    public void SayUnused(CommandRun run, string baseline)
    {
        var unused = Options.Where(o => o != _concurrency && run.IsSet(o)).Select(o => o.Name).ToArray();
        if (unused.Length > 0)
            run.Say($"{string.Join(", ", unused)} {(unused.Length == 1 ? "is" : "are")} passed over: the baseline '{baseline}' has no use for {(unused.Length == 1 ? "it" : "them")}.");
    }

    public EndpointSourceOptions Read(CommandRun run, string model)
    {
        var address = EndpointAddress.Parse(model);
        return new EndpointSourceOptions
        {
            Address = address,
            Profile = run.Get(_profile),
            Prompts = new PromptOptions
            {
                Think = run.Get(_think) ? true : run.Get(_noThink) ? false : null,
                Candidates = run.IsSet(_candidates) ? run.Get(_candidates) ?? true : null,
                Context = run.Get(_context),
                MaxNewTokens = run.Get(_newTokens),
            },
            Tokenizer = run.PathOf(_tokenizer),
            Shots = run.Get(_shots) ?? 0,
            Endpoint = new EndpointOptions { Key = EndpointKey.Find(address, run.PathOf(_key), run.Terminal.Variable), Data = run.Data },
            Prices = run.Get(_prices) is { } prices ? TokenPriceText.Parse(prices) : null,
            Budget = new Budget { Money = run.Get(_budget) },
        };
    }
}
