namespace EhrR1.Evaluation.Tests;

/// <summary>The example of docs/evaluation.md, compiled, so that the page cannot fall behind the code.</summary>
public sealed class DocumentationExampleTests
{
    [Fact]
    public void Page_HoldsTheCompiledExample()
    {
        var source = File.ReadAllText(Repository.PathOf("tests", "EhrR1.Evaluation.Tests", "DocumentationExampleTests.cs")).ReplaceLineEndings("\n");
        var example = source.Split("// The example begins.\n")[^1].Split("        // The example ends.")[0];
        var page = File.ReadAllText(Repository.PathOf("docs", "evaluation.md")).ReplaceLineEndings("\n");
        page.ShouldContain(string.Join('\n', example.TrimEnd().Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line)));
    }

    internal static async Task<string> Example(string workspace, string page, CancellationToken cancel)
    {
        // The example begins.
        RunFolder run = await new EvaluationRunner().RunAsync(
            new BaselineSource("prior"), new EvaluationOptions { Source = workspace }, cancellationToken: cancel);
        RunScores scores = RunScorer.ScoreAndSave(run);
        ReportBuilder.Write(new ReportBuilder().Build([run]), page);
        Score? risk = scores.Mean("risk")?.Score;
        string text = $"{run.Name}: risk AUROC {risk?.Value:F3} ({risk?.Low:F3} to {risk?.High:F3})";
        // The example ends.
        return text;
    }
}
