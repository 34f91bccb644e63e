using System.Text.Json;
using EhrR1.Models;

namespace EhrR1.Evaluation.Tests;

public sealed class AnswerFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Score_DressedAnswers_ScoreAsBareOnesAndAreCounted()
    {
        var bare = RunScorer.Score(await Run("bare", items => items));
        foreach (var (name, kind, dress) in new (string, string, Func<string, string>)[]
        {
            ("bullets", "bulleted", items => "- " + items.Replace("\n", "\n- ")),
            ("json", "json", items => JsonSerializer.Serialize(items.Split('\n'))),
            ("preface", "prefaced", items => "The answer is:\n" + items),
        })
        {
            var dressed = RunScorer.Score(await Run(name, dress));
            dressed.Mean("decision")!.Score.ShouldBe(bare.Mean("decision")!.Score, name);
            dressed.Task("labevents")!.FormatFailures.ShouldBe(24, name);
            dressed.Task("labevents")!.Formats.ShouldBe(new Dictionary<string, int> { [kind] = 24 });
            dressed.Mean("decision_strict")!.Score.Value!.Value.ShouldBeLessThan(bare.Mean("decision_strict")!.Score.Value!.Value, name);
        }

        bare.Mean("decision_strict")!.Score.Value.ShouldBe(bare.Mean("decision")!.Score.Value);
        bare.Tasks.ShouldAllBe(t => t.FormatFailures == 0 && t.Formats.Count == 0);
    }

    [Fact]
    public async Task Score_ListsOnOneLine_AreSplitWhereTheTasksLabelsTell()
    {
        var task = RunScorer.Score(await Run("commas", items => items.Replace("\n", ", "))).Task("labevents")!;
        task.Headline!.Value.ShouldBe(RunScorer.Score(await Run("bare", items => items)).Task("labevents")!.Headline!.Value);
        task.Formats.Keys.ShouldBe(["comma_separated"]);
    }

    [Fact]
    public async Task Score_RiskInWordsAlone_IsReadAndTheRestIsNotAnswered()
    {
        var run = await Run("words", items => items);
        var answers = run.ReadAnswers().Values.ToArray();
        var text = new[] { "Yes.", "<think>no</think>**no**", "It depends." };
        var n = 0;
        File.WriteAllLines(run.AnswersFile, answers.Select(a => JsonSerializer.Serialize(
            a.Task == "Inpatient_Mortality" ? a with { PYes = null, PSource = null, Output = text[n++ % 3], Finish = FinishReason.Stop } : a, EvaluationJson.Lines)));
        var task = RunScorer.Score(run).Task("Inpatient_Mortality")!;
        task.ProbabilitySources.ShouldBe(new Dictionary<string, int> { ["text"] = 16 });
        task.Unanswered.ShouldBe(8);
        task.Formats.ShouldBe(new Dictionary<string, int> { ["unreadable"] = 8 });
        task.ManyUnanswered.ShouldBeTrue();
        RunScorer.Score(run).Task("ICU_Readmission")!.ShouldSatisfyAllConditions(
            t => t.ProbabilitySources.ShouldBe(new Dictionary<string, int> { ["scripted"] = 24 }), t => t.ManyUnanswered.ShouldBeFalse());
    }

    [Fact]
    public async Task Score_Usage_IsSummedOverFinishedAnswers()
    {
        var run = await Run("usage", items => items);
        var usage = RunScorer.Score(run).Usage;
        (usage.PromptTokens, usage.CompletionTokens).ShouldBe((120 * 10, (72 * 2) + 48));
    }

    private Task<RunFolder> Run(string name, Func<string, string> writes)
    {
        var bench = TinyBench.Write(_folder.PathOf("bench"));
        return new EvaluationRunner(new StoppedClock()).RunAsync(new ScriptedModel { Writes = writes }, new EvaluationOptions { Source = bench, Out = _folder.PathOf(name), Concurrency = 1 });
    }
}
