using EhrR1.Evaluation;
using EhrR1.Models;

namespace EhrR1.Examples;

/// <summary>Evaluation: run a model over a workspace's benchmark, score it, report it.</summary>
public static class EvaluationExample
{
    /// <summary>Runs the prior and writes the report; gives the mean F1 over the decision tasks.</summary>
    public static async Task<double?> ReportAsync(string workspace, string html, CancellationToken cancellationToken)
    {
        var run = await new EvaluationRunner().RunAsync(new BaselineSource(Baselines.Prior), new EvaluationOptions { Source = workspace }, cancellationToken: cancellationToken);
        ReportBuilder.Write(new ReportBuilder().Build([run], cancellationToken: cancellationToken), html);
        return RunScorer.ReadOrScore(run, cancellationToken: cancellationToken).Mean("decision")?.Score.Value;
    }
}
