using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Evaluation;

namespace EhrR1.Cli;

/// <summary>Scores a stored run again, without asking the model.</summary>
internal sealed class ScoreCommand : CliCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The folder of a run, as 'eval' wrote it.", HelpName = "RUN" };
    private readonly Option<int> _replicates = ScoringChoices.Replicates();
    private readonly Option<long> _seed = ScoringChoices.Seed();
    private readonly Option<bool> _json = JsonOption("Print the scores as JSON.");

    public ScoreCommand()
        : base("score", "Scores a stored run again, without asking the model, and writes its scores.json. A run that is not complete is scored as far as it is, and what is missing is said.", "ehr-r1 score workspace/runs/gbm-1", "ehr-r1 score workspace/runs/gbm-1 --replicates 10000 --json")
    {
        Arguments.Add(_run);
        foreach (var option in (ReadOnlySpan<Option>)[_replicates, _seed, _json])
            Options.Add(option);
    }

    public override Task<int> RunAsync(CommandRun run)
    {
        var folder = RunFolder.Open(run.PathOf(_run));
        var completeness = RunCompleteness.Of(folder);
        run.Progress.Report(new StageProgress("Scoring", 0, completeness.Samples, "samples"));
        var scores = RunScorer.ScoreAndSave(folder, ScoringChoices.Of(run, _replicates, _seed), run.Cancellation);
        run.Progress.Dispose();
        if (run.Get(_json))
        {
            run.WriteJson(new JsonObject
            {
                ["run"] = folder.Path,
                ["samples"] = completeness.Samples,
                ["not_asked"] = completeness.NotAsked.Values.Sum(),
                ["failed"] = completeness.Failed.Values.Sum(),
                ["scores"] = JsonNode.Parse(File.ReadAllText(folder.ScoresFile)),
            });
        }
        else
        {
            ScoreText.WriteTasks(run.Out, scores);
            ScoreText.WriteMeans(run.Out, scores);
            run.Out.WriteLine($"Scores: {folder.ScoresFile}");
        }

        if (completeness.IsComplete)
            return Task.FromResult(ExitCode.Done);
        foreach (var line in Missing(completeness))
            run.Say(line);
        return Task.FromResult(ExitCode.Partial);
    }

    private static IEnumerable<string> Missing(RunCompleteness completeness)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"The run is not complete: {completeness.Missing:#,0} of {completeness.Samples:#,0} samples are missing, and count as not answered.");
        if (completeness.NotAsked.Count > 0)
            yield return "Not asked yet: " + Listed(completeness.NotAsked);
        if (completeness.Failed.Count > 0)
            yield return $"Calls failed: {Listed(completeness.Failed)} ({Listed(completeness.Failures)})";
        yield return "Give the 'ehr-r1 eval' command again that started the run: it asks these and nothing else.";
    }

    private static string Listed(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:#,0}")));
}
