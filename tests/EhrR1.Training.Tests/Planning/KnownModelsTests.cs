using EhrR1.Charts;

namespace EhrR1.Training.Tests;

public sealed class KnownModelsTests
{
    // As the weights on the hub count them; of tied models without the copy of the embedding table that some files hold.
    [Theory]
    [InlineData("Qwen/Qwen3-0.6B", 596_049_920)]
    [InlineData("Qwen/Qwen3-1.7B", 1_720_574_976)]
    [InlineData("Qwen/Qwen3-4B", 4_022_468_096)]
    [InlineData("qwen3-8b", 8_190_735_360)]
    [InlineData("Qwen/Qwen3-14B", 14_768_307_200)]
    [InlineData("Qwen/Qwen3-32B", 32_762_123_264)]
    [InlineData("Qwen/Qwen2.5-72B-Instruct", 72_706_203_648)]
    public void Parameters_OfAKnownModel_AreThePublishedNumber(string name, long parameters) => KnownModels.Find(name).Config.Parameters.ShouldBe(parameters);

    [Fact]
    public void Find_AnythingElse_NamesWhatIsKnown() => Should.Throw<EhrR1Exception>(() => KnownModels.Find("gpt-9")).Message.ShouldContain("Qwen/Qwen3-8B");

    [Fact]
    public void LoraParameters_OfQwen3_4BAtRank16_AreThePublishedNumber() => ModelSizes.LoraParameters(KnownModels.Find("Qwen3-4B").Config, 16).ShouldBe(33_030_144);

    [Fact]
    public void LayerParameters_TimesLayers_WithTablesAndNorm_AreAll()
    {
        foreach (var (_, model) in KnownModels.Names.Select(KnownModels.Find))
            ((ModelSizes.LayerParameters(model) * model.Layers) + ((model.TiesEmbeddings ? 1 : 2) * ModelSizes.EmbeddingParameters(model)) + model.HiddenSize).ShouldBe(model.Parameters);
    }
}
