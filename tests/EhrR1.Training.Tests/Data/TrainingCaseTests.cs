namespace EhrR1.Training.Tests;

public sealed class TrainingCaseTests
{
    [Fact]
    public void KeepPrompt_LongPrompt_LosesItsBeginningAndNothingOfTheAnswer()
    {
        var one = new TrainingCase([1, 2, 3, 4, 5, 6], 4, true);
        one.KeepPrompt(4).ShouldBeSameAs(one);
        var cut = one.KeepPrompt(1);
        cut.Tokens.ShouldBe([4, 5, 6]);
        cut.CompletionStart.ShouldBe(1);
        cut.IsReasoning.ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => one.KeepPrompt(0));
    }

    [Fact]
    public void KeepLast_LongCase_LosesItsBeginning()
    {
        var one = new TrainingCase([1, 2, 3, 4, 5, 6], 4, IsReasoning: true);
        one.KeepLast(6).ShouldBeSameAs(one);
        var cut = one.KeepLast(3);
        cut.Tokens.ShouldBe([4, 5, 6]);
        (cut.CompletionStart, cut.CompletionTokens, cut.IsReasoning).ShouldBe((1, 2, true));
        one.KeepLast(2).CompletionStart.ShouldBe(1);
    }

    [Fact]
    public void PackedBatch_Cases_TargetsAreWhatTheModelHasToWrite()
    {
        var pack = new PackedBatch([new([1, 2, 3, 4], 2, false), new([5, 6], 1, false)]);
        pack.Ids.ShouldBe([1, 2, 3, 4, 5, 6]);
        pack.Targets.ShouldBe([-100, 3, 4, -100, 6, -100]);
        pack.Segments.ShouldBe([4, 2]);
        pack.TargetCount.ShouldBe(3);
        pack.Weights(LossMean.Token, cases: 2, targets: 3).ShouldBe([0, 1 / 3f, 1 / 3f, 0, 1 / 3f, 0], 1e-6);
        pack.Weights(LossMean.Sequence, cases: 2, targets: 3).ShouldBe([0, 0.25f, 0.25f, 0, 0.5f, 0], 1e-6);
    }

    [Fact]
    public void PackedBatch_LearnsPrompts_PromptsHaveTargetsAndWeightsOfTheirOwn()
    {
        var pack = new PackedBatch([new([1, 2, 3, 4], 2, false), new([5, 6], 1, false), new([7, 8, 9], 2, false)], learnsPrompts: true);
        pack.Targets.ShouldBe([2, 3, 4, -100, 6, -100, 8, 9, -100]);
        (pack.TargetCount, pack.PromptCount).ShouldBe((4, 2));
        pack.Weights(LossMean.Token, cases: 3, targets: 4).ShouldBe([0, 0.25f, 0.25f, 0, 0.25f, 0, 0, 0.25f, 0], 1e-6);
        pack.PromptWeights(prompts: 2).ShouldBe([0.5f, 0, 0, 0, 0, 0, 0.5f, 0, 0], 1e-6);
        new PackedBatch([new([1, 2, 3], 2, false)]).PromptWeights(1).ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void Split_Cases_FillsPacksInOrder()
    {
        TrainingCase[] cases = [Of(3), Of(3), Of(5), Of(1), Of(9)];
        PackedBatch.Split(cases, 6).Select(p => string.Join(' ', p.Segments)).ShouldBe(["3 3", "5 1", "9"]);
    }

    [Fact]
    public void TokenizedCases_WrittenAndOpened_GiveEachCase()
    {
        using var folder = new TemporaryFolder();
        TrainingCase[] cases = [new([1, 2, 3], 1, false), new([7], 1, true), new([4, 5, 6, 8], 3, true)];
        TokenizedCases.Write(folder.FullPath, cases).Dispose();
        using var opened = TokenizedCases.Open(folder.FullPath);
        (opened.Count, opened.Tokens).ShouldBe((3, 8));
        for (var i = 0; i < cases.Length; i++)
        {
            var read = opened.Read(i);
            read.Tokens.ShouldBe(cases[i].Tokens);
            (read.CompletionStart, read.IsReasoning, opened.Length(i), opened.IsReasoning(i)).ShouldBe((cases[i].CompletionStart, cases[i].IsReasoning, cases[i].Tokens.Length, cases[i].IsReasoning));
        }
    }

    [Fact]
    public void TokenizedCases_DamagedFiles_AreAnError()
    {
        using var folder = new TemporaryFolder();
        TokenizedCases.Write(folder.FullPath, [Of(3)]).Dispose();
        File.WriteAllBytes(folder.PathOf("tokens.bin"), new byte[8]);
        Should.Throw<EhrR1.Charts.EhrR1Exception>(() => TokenizedCases.Open(folder.FullPath)).Message.ShouldContain("damaged");
        Should.Throw<EhrR1.Charts.EhrR1Exception>(() => TokenizedCases.Write(folder.FullPath, [])).Message.ShouldContain("no case");
    }

    private static TrainingCase Of(int length) => new(new int[length], 1, false);
}
