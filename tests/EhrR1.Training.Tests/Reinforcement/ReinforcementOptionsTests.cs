namespace EhrR1.Training.Tests;

public sealed class ReinforcementOptionsTests
{
    [Fact]
    public void Defaults_OfTheTrainer_AreThoseOfPlanAndExport()
    {
        var (options, recipe) = (new ReinforcementOptions(), PublishedRecipe.Of(PaperStage.Rl));
        (options.Completions * options.Prompts, options.Completions, (int)options.Epochs).ShouldBe((recipe.Batch, recipe.Generations, recipe.Epochs));
        (options.LearningRate, options.WarmUpShare).ShouldBe((recipe.LearningRate, recipe.WarmupShare));
        (options.MaxPromptTokens, options.MaxCompletionTokens).ShouldBe((recipe.PromptLength, recipe.CompletionLength));
        (options.Temperature, options.TopP, options.TopK ?? 0).ShouldBe((recipe.Temperature, recipe.TopP, recipe.TopK));
    }
}
