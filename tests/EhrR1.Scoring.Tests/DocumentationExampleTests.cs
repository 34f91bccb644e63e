// The example is the page's, word for word; it needs no token.
#pragma warning disable xUnit1051

namespace EhrR1.Scoring.Tests;

/// <summary>The example of docs/scoring.md, compiled and run, so that the page cannot fall behind the code.</summary>
public sealed class DocumentationExampleTests
{
    [Fact]
    public void Example_ThreeSamples_GivesAnInterval()
    {
        AnsweredSample[] samples =
        [
            new() { Id = "a", Patient = 10001, Truth = ["yes"], Probability = 0.91 },
            new() { Id = "b", Patient = 10002, Truth = ["no"], Probability = 0.35 },
            new() { Id = "c", Patient = 10003, Truth = ["yes"], Probability = 0.62 },
        ];
        ScoreInterval auroc = PatientBootstrap.Run(new Auroc(), samples).Interval();
        string text = $"{auroc.Value:F3} ({auroc.Low:F3} to {auroc.High:F3})";
        text.ShouldBe("1.000 (1.000 to 1.000)");
    }

    [Fact]
    public void Example_OfTheDocument_IsTheOneCompiledHere()
    {
        string root = Root();
        string page = File.ReadAllText(Path.Combine(root, "docs", "scoring.md"));
        string[] compiled = Lines(File.ReadAllText(Path.Combine(root, "tests", "EhrR1.Scoring.Tests", "DocumentationExampleTests.cs")));
        string[] example = [.. Lines(page.Split("```csharp")[1].Split("```")[0]).Where(line => !line.StartsWith("using ", StringComparison.Ordinal))];
        example.Length.ShouldBeGreaterThan(5);
        example.Except(compiled, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EhrR1.slnx"))) folder = folder.Parent;
        return folder.ShouldNotBeNull().FullName;
    }
}
