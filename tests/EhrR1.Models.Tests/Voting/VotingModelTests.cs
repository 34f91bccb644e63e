using CsCheck;
using EhrR1.Scoring;

namespace EhrR1.Models.Tests;

public sealed class VotingModelTests
{
    [Fact]
    public void Vote_DrawnAnswers_TakesWhatMostHave() =>
        VotingModel.Vote(["Sodium\nPotassium", "<think>\n\n</think>\n\nSodium\nPotassium\nChloride", "Sodium", "Sodium\nPotassium\nLactate"]).ShouldBe(["sodium", "potassium"], Case.Insensitive);

    [Fact]
    public void Vote_AnyAnswers_NoOtherNumberOfTheMostFrequentItemsIsBetter() =>
        Gen.Char["abc"].Array[1, 3].Array[1, 6].Sample(answers =>
        {
            string[] texts = [.. answers.Select(a => string.Join('\n', a.Select(i => "x" + i)))];
            double Mean(IEnumerable<string> items) => texts.Average(t => SetScore.Of(string.Join('\n', items), t.Split('\n')).F1);
            string[] ranked = [.. texts.SelectMany(t => t.Split('\n').Distinct()).GroupBy(i => i).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
            var best = Enumerable.Range(1, ranked.Length).Max(k => Mean(ranked.Take(k)));
            Mean(VotingModel.Vote(texts)).ShouldBe(best, 1e-9);
        });

    [Fact]
    public async Task GenerateAsync_GreedyRequests_AreDrawnOthersPassedOn()
    {
        var inner = new Drawing();
        var model = new VotingModel(inner, draws: 5);
        var prompt = new ModelPrompt([new PromptMessage(PromptRole.User, "q")]);
        var voted = await model.GenerateAsync(new GenerationRequest { Prompt = prompt }, TestContext.Current.CancellationToken);
        voted.Completions.Single().Text.ShouldBe("a", StringCompareShould.IgnoreCase);
        (inner.Asked!.Completions, inner.Asked.Sampling.Temperature).ShouldBe((5, 1));
        await model.GenerateAsync(new GenerationRequest { Prompt = prompt, Completions = 2 }, TestContext.Current.CancellationToken);
        (inner.Asked.Completions, inner.Asked.Sampling.Temperature).ShouldBe((2, 0));
    }

    [Fact]
    public async Task GenerateAsync_AnswersThatWereCut_VoteWithTheirWholeLines()
    {
        var model = new VotingModel(new Drawing { Text = "Sodium\nPotassium\nChlor", Finish = FinishReason.Length }, draws: 3);
        var voted = await model.GenerateAsync(new GenerationRequest { Prompt = new ModelPrompt([new PromptMessage(PromptRole.User, "q")]) }, TestContext.Current.CancellationToken);
        voted.Completions.Single().Text.ShouldBe("potassium\nsodium");
    }

    private sealed class Drawing : ILanguageModel
    {
        public GenerationRequest? Asked { get; private set; }

        public string? Text { get; init; }

        public FinishReason? Finish { get; init; }

        public string Name => "drawing";

        public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            Asked = request;
            return Task.FromResult(new GenerationResponse([.. Enumerable.Range(0, request.Completions).Select(i => new Completion(Text ?? (i == 0 ? "B" : "A"), Finish ?? (i == 1 ? FinishReason.Length : FinishReason.Stop)))], default));
        }

        public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) => Task.FromResult<AnswerScores?>(null);
    }
}
