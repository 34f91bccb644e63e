using System.Text;
using CsCheck;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Models.Tests;

public sealed class PromptWriterTests
{
    private static readonly ITokenCounter _counter = TokenFixtures.Tiny("qwen3");

    [Fact]
    public async Task Write_ForATrainedModel_IsInputNewlineQuestionToTheLetter()
    {
        var sample = Decision("labevents-1");
        var written = await new PromptWriter(ModelProfiles.Get("ehr-r1-8b"), _counter).WriteAsync(sample, null, TestContext.Current.CancellationToken);
        written.Prompt.Messages.Select(m => m.Role).ShouldBe([PromptRole.System, PromptRole.User]);
        written.Prompt.Messages[1].Text.ShouldBe(sample.Prompt);
        written.Prompt.Question.ShouldBe(new TaskQuestion(sample.Id, sample.Task, sample.Prompt));
        (written.Thinks, written.MaxNewTokens, written.AnswersAtOnce).ShouldBe((true, 4096, false));
    }

    [Theory]
    [InlineData("qwen3")]
    [InlineData("ehr-r1-72b")]
    [InlineData("gpt-oss")]
    [InlineData("generic")]
    public async Task Write_DecisionsAndRisksWithAnExample_IsAsReviewed(string profile)
    {
        var writer = new PromptWriter(ModelProfiles.Get(profile), _counter);
        var text = new StringBuilder();
        foreach (var (sample, shot) in new[] { (Decision("labevents-1"), Decision("labevents-2")), (Risk("mortality-1"), Risk("mortality-2")) })
            Append(text, await writer.WriteAsync(sample, [shot], TestContext.Current.CancellationToken));
        Snapshot.ShouldMatch(text.ToString(), $"Snapshots/prompt-{profile}.txt");
    }

    [Theory]
    [InlineData("qwen3", null, ThinkingSwitch.TemplateArgument, true)]
    [InlineData("qwen3", ThinkingSwitch.EmptyBlock, ThinkingSwitch.EmptyBlock, true)]
    [InlineData("qwen3", ThinkingSwitch.SoftSwitch, ThinkingSwitch.SoftSwitch, false)]
    [InlineData("qwen3-thinking", null, ThinkingSwitch.EmptyBlock, true)]
    [InlineData("qwen3-instruct", null, ThinkingSwitch.None, true)]
    [InlineData("ehr-r1-72b", null, ThinkingSwitch.EmptyBlock, true)]
    [InlineData("gpt-oss", null, ThinkingSwitch.ReasoningEffort, false)]
    [InlineData("llama-3", ThinkingSwitch.EmptyBlock, ThinkingSwitch.None, true)]
    public async Task Write_Risks_AreAskedWithoutThinking(string profile, ThinkingSwitch? chosen, ThinkingSwitch used, bool atOnce)
    {
        var options = new PromptOptions { Think = ModelProfiles.Get(profile).Thinking == ThinkingHabit.Never ? null : true, Switch = chosen };
        var written = await new PromptWriter(ModelProfiles.Get(profile), _counter, options).WriteAsync(Risk("r"), null, TestContext.Current.CancellationToken);
        written.AnswersAtOnce.ShouldBe(atOnce);
        (written.Prompt.TemplateArguments?["enable_thinking"]?.GetValue<bool>()).ShouldBe(used == ThinkingSwitch.TemplateArgument ? false : null);
        (written.Prompt.TemplateArguments?["reasoning_effort"]?.GetValue<string>()).ShouldBe(used == ThinkingSwitch.ReasoningEffort ? "low" : null);
        written.Prompt.ContinuesLastMessage.ShouldBe(used == ThinkingSwitch.EmptyBlock);
        (written.Prompt.Messages[^1].Role == PromptRole.Assistant).ShouldBe(used == ThinkingSwitch.EmptyBlock);
        written.Prompt.Messages[^1].Text.EndsWith("/no_think", StringComparison.Ordinal).ShouldBe(used == ThinkingSwitch.SoftSwitch);
        written.MaxNewTokens.ShouldBe(used == ThinkingSwitch.ReasoningEffort ? 4096 : 128);
    }

    [Fact]
    public async Task Write_RiskWithMuchRoomAskedForAnswers_LeavesItToTheChart()
    {
        var options = new PromptOptions { Context = 3000, MaxNewTokens = 2000 };
        var written = await new PromptWriter(ModelProfiles.Get("qwen3"), _counter, options).WriteAsync(Risk("r") with { Input = Rows(1000) }, null, TestContext.Current.CancellationToken);
        (written.MaxNewTokens, written.CutTokens > 0).ShouldBe((128, true));
        written.Tokens.ShouldBeInRange(2800, 2872);
    }

    [Theory]
    [InlineData(4_096, null, 1_024)]
    [InlineData(300_000, null, 4_096)]
    [InlineData(4_096, 3_000, 3_000)]
    public async Task Write_SmallContext_LeavesTheQuestionThreeQuarters(int context, int? asked, int newTokens)
    {
        var options = new PromptOptions { Think = true, Context = context, MaxNewTokens = asked };
        var written = await new PromptWriter(ModelProfiles.Get("qwen3"), _counter, options).WriteAsync(Decision("d"), null, TestContext.Current.CancellationToken);
        written.MaxNewTokens.ShouldBe(newTokens);
    }

    [Theory]
    [InlineData("qwen3", true, null)]
    [InlineData("qwen3", false, null)]
    [InlineData("qwen3", true, ThinkingSwitch.SoftSwitch)]
    [InlineData("ehr-r1-72b", true, null)]
    [InlineData("gpt-oss", true, null)]
    public async Task Write_DecisionsWithThinkingSet_SwitchIt(string profile, bool think, ThinkingSwitch? chosen)
    {
        var written = await new PromptWriter(ModelProfiles.Get(profile), _counter, new PromptOptions { Think = think, Switch = chosen, Effort = "high" }).WriteAsync(Decision("d"), null, TestContext.Current.CancellationToken);
        written.Thinks.ShouldBe(think);
        written.MaxNewTokens.ShouldBe(think ? 4096 : 128);
        if (profile == "qwen3" && chosen is null)
            written.Prompt.TemplateArguments!["enable_thinking"]!.GetValue<bool>().ShouldBe(think);
        if (chosen == ThinkingSwitch.SoftSwitch)
            written.Prompt.Messages[^1].Text.ShouldEndWith("\n/think");
        if (profile == "ehr-r1-72b")
            (written.Prompt.TemplateArguments, written.Prompt.ContinuesLastMessage).ShouldBe((null, false));
        if (profile == "gpt-oss")
            written.Prompt.TemplateArguments!["reasoning_effort"]!.GetValue<string>().ShouldBe("high");
    }

    [Theory]
    [InlineData("qwen2.5", true, "never thinks")]
    [InlineData("generic", false, "not known")]
    public void Make_ThinkingThatCannotBe_IsRefused(string profile, bool think, string what) =>
        Should.Throw<EhrR1Exception>(() => new PromptWriter(ModelProfiles.Get(profile), _counter, new PromptOptions { Think = think })).Message.ShouldContain(what);

    [Theory]
    [InlineData("ehr-r1-8b", true)]
    [InlineData("qwen3", false)]
    public async Task Write_CandidatesForced_AreAsSaid(string profile, bool candidates)
    {
        var written = await new PromptWriter(ModelProfiles.Get(profile), _counter, new PromptOptions { Candidates = candidates }).WriteAsync(Decision("d"), null, TestContext.Current.CancellationToken);
        written.Prompt.Messages[^1].Text.Contains(PromptWords.Candidates, StringComparison.Ordinal).ShouldBe(candidates);
        if (!candidates)
            written.Prompt.Messages[^1].Text.ShouldBe(Decision("d").Prompt);
    }

    [Fact]
    public Task Write_AnyContext_NeverExceedsItAndGivesUpExamplesFirst() =>
        Gen.Select(Gen.Int[500, 4000], Gen.Int[0, 120], Gen.Int[0, 4], Gen.Int[0, 200], Gen.Bool).SampleAsync(async (context, rows, shots, shotRows, risk) =>
        {
            var profile = ModelProfiles.Get("qwen3") with { MaxNewTokensThinking = 150 };
            var sample = (risk ? Risk("s") : Decision("s")) with { Input = Rows(rows) };
            var examples = Enumerable.Range(0, shots).Select(i => (risk ? Risk($"e{i}") : Decision($"e{i}")) with { Input = Rows(shotRows * i) }).ToList();
            var written = await new PromptWriter(profile, _counter, new PromptOptions { Context = context }).WriteAsync(sample, examples);
            var tokens = profile.TemplateTokens;
            foreach (var message in written.Prompt.Messages)
                tokens += profile.TokensPerMessage + await _counter.CountAsync(message.Text);
            written.Tokens.ShouldBe(tokens);
            (tokens + written.MaxNewTokens).ShouldBeLessThanOrEqualTo(context);
            (written.Shots + written.DroppedShots).ShouldBe(shots);
            written.Prompt.Messages.Count.ShouldBe(2 + (2 * written.Shots));
            written.Prompt.Messages[^1].Text.ShouldContain("\n" + sample.Instruction);
            if (written.CutTokens > 0)
                written.Shots.ShouldBe(0);
            foreach (var (question, answer) in written.Prompt.Messages.Skip(1).Take(2 * written.Shots).Chunk(2).Select(p => (p[0], p[1])))
            {
                question.Text.ShouldContain("\n" + sample.Instruction);
                examples.ShouldContain(e => e.Output == answer.Text);
            }
        }, iter: 200);

    [Fact]
    public async Task Write_ContextThatHoldsNotEvenTheQuestion_SaysSo()
    {
        var writer = new PromptWriter(ModelProfiles.Get("qwen3"), _counter, new PromptOptions { Context = 120 });
        (await Should.ThrowAsync<EhrR1Exception>(() => writer.WriteAsync(Decision("labevents-9"), null, TestContext.Current.CancellationToken))).Where.ShouldBe("labevents-9");
    }

    private static string Rows(int rows) => "## Labevents [2150-03-01 12:00:00]\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"| Sodium | {120 + (i % 40)} |\n"));

    private static BenchmarkSample Decision(string id) => new()
    {
        Idx = 0, Id = id, Task = "labevents", Kind = TaskKind.Decision, Metric = "f1", Input = $"## Patient Demographics [None]\n- gender: F\n\n{Rows(2)}",
        Instruction = "Given the sequence of events that have occurred in a hospital, please give the next Labotary Test Events suggestion for the patients.",
        Output = "Sodium\nPotassium", Labels = ["Sodium", "Potassium"], Candidates = ["Potassium", "Glucose", "Sodium", "pH"],
    };

    internal static BenchmarkSample Risk(string id) => new()
    {
        Idx = 1, Id = id, Task = "Inpatient_Mortality", Kind = TaskKind.Risk, Metric = "acc", Input = Rows(2),
        Instruction = "Given the sequence of events that have occurred in a hospital, please predict whether the patient will die during hospitalization.",
        Output = "no", Labels = ["no"], Candidates = ["yes", "no"],
    };

    private static void Append(StringBuilder to, WrittenPrompt written)
    {
        to.Append(System.Globalization.CultureInfo.InvariantCulture, $"==== thinks: {written.Thinks?.ToString() ?? "unknown"}, at once: {written.AnswersAtOnce}, new tokens: {written.MaxNewTokens}, arguments: {written.Prompt.TemplateArguments?.ToJsonString() ?? "none"}, continues: {written.Prompt.ContinuesLastMessage}\n");
        foreach (var message in written.Prompt.Messages)
            to.Append(System.Globalization.CultureInfo.InvariantCulture, $"---- {message.Role}\n{message.Text}\n");
    }
}
