using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Evaluation;

namespace EhrR1.Cli;

/// <summary>Holds runs against a reference, with paired differences.</summary>
internal sealed class CompareCommand : CliCommand
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Argument<string[]> _runs = new("runs") { Description = "The folders of two runs or more; the first is the reference that the others are held against.", HelpName = "REFERENCE RUN …", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _common = new("--common") { Description = "Compare only the samples that both of a pair were asked; without it, runs on other samples are refused." };
    private readonly Option<int> _replicates = ScoringChoices.Replicates(RunComparison.DefaultReplicates);
    private readonly Option<long> _seed = ScoringChoices.Seed();
    private readonly Option<bool> _asJson = JsonOption("Print the differences as JSON.");

    public CompareCommand()
        : base("compare", "Compares runs with the first one named: paired differences of the macro means and of each task, with 95 % intervals over patients, and p values corrected by Holm's method for the number of comparisons.", "ehr-r1 compare workspace/runs/prior-1 workspace/runs/gbm-1", "ehr-r1 compare workspace/runs/prior-1 workspace/runs/gbm-1 workspace/runs/copy-last-1 --common --json")
    {
        Arguments.Add(_runs);
        foreach (var option in (ReadOnlySpan<Option>)[_common, _replicates, _seed, _asJson])
            Options.Add(option);
    }

    public override Task<int> RunAsync(CommandRun run)
    {
        RunFolder[] folders = [.. run.Get(_runs).Select(f => RunFolder.Open(run.Terminal.PathOf(f)))];
        run.Progress.Report(new StageProgress("Comparing runs", 0, folders.Length - 1, "runs"));
        var result = RunComparison.Of(folders, ScoringChoices.Of(run, _replicates, _seed), run.Get(_common), run.Cancellation);
        run.Progress.Dispose();
        if (run.Get(_asJson))
            run.WriteJson(JsonSerializer.SerializeToNode(result, _json)!);
        else
            Print(run.Out, result);
        if (result.SamplesLeftOut > 0)
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{result.SamplesLeftOut:#,0} samples that only one of a pair was asked are left out; this is not the whole benchmark."));
        var partial = folders.Where(f => !RunCompleteness.Of(f).IsComplete).Select(f => f.Name).ToArray();
        if (partial.Length == 0)
            return Task.FromResult(ExitCode.Done);
        run.Say($"Not complete, so that missing samples count as not answered: {string.Join(", ", partial)}. 'ehr-r1 score <run>' says what is missing.");
        return Task.FromResult(ExitCode.Partial);
    }

    private static void Print(TextWriter to, ComparisonResult result)
    {
        to.WriteLine($"Against {result.Reference}; a difference above 0 is in favour of the run.");
        foreach (var run in result.Runs)
        {
            to.WriteLine();
            to.WriteLine(run);
            var table = new PlainTable("Of", "Metric", ">Samples", $">{run}", $">{result.Reference}", ">Difference (95 % interval)", ">p", ">p, Holm", "");
            foreach (var mean in result.Means.Where(d => d.Run == run))
                Add(table, $"mean of {mean.Tasks} {mean.Mean} tasks", mean);
            foreach (var task in result.Tasks.Where(d => d.Run == run))
                Add(table, task.Task!, task);
            table.Write(to);
        }

        to.WriteLine("Holm's correction is over all means, and over all tasks, of this comparison. \"better\" and \"worse\" stand where it leaves p below 0.05.");
    }

    private static void Add(PlainTable table, string name, RunDifference difference)
    {
        var verdict = (difference.AdjustedPValue, difference.Difference.Value) switch { ( < 0.05, > 0) => "better", ( < 0.05, < 0) => "worse", _ => "" };
        table.Add(
            name, difference.Difference.Metric, difference.Samples.ToString("#,0", CultureInfo.InvariantCulture), ScoreText.Number(difference.RunScore?.Value), ScoreText.Number(difference.ReferenceScore?.Value),
            ScoreText.Signed(difference.Difference), ScoreText.P(difference.PValue), ScoreText.P(difference.AdjustedPValue), verdict);
    }
}
