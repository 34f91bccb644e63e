using System.CommandLine;
using EhrR1.Evaluation;

namespace EhrR1.Cli;

/// <summary>The options that decide how intervals are drawn.</summary>
internal static class ScoringChoices
{
    private static readonly ScoringOptions _defaults = new();

    /// <summary>A comparison of many tasks needs more than the default: p is at least 2/(replicates + 1), and Holm multiplies it by the number of tasks.</summary>
    public static Option<int> Replicates(int? ifNotSet = null) => CommonOptions.Count("--replicates", "How many times the patients are drawn for the intervals.", ifNotSet ?? _defaults.Replicates);

    public static Option<long> Seed()
    {
        var option = new Option<long>("--seed") { Description = "The seed of these draws; it is no seed of the model's.", HelpName = "N", DefaultValueFactory = _ => (long)_defaults.Seed };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[^1].Value.StartsWith('-'))
                result.AddError($"--seed must be at least 0, not {result.Tokens[^1].Value}.");
        });
        return option;
    }

    public static ScoringOptions Of(CommandRun run, Option<int> replicates, Option<long> seed) => new() { Replicates = run.Get(replicates), Seed = (ulong)run.Get(seed) };
}
