using EhrR1.Charts;

namespace EhrR1.Training.Tests;

/// <summary>Figures that were worked out by hand from the model's config.</summary>
public sealed class TrainingPlanTests
{
    private const long Gpu80 = 80L << 30;
    private static readonly ModelConfig _model8B = KnownModels.Find("Qwen3-8B").Config;

    [Fact]
    public void Memory_Of8BOn8GpusInStage1_IsWhatTheFormulasGive()
    {
        var memory = MemoryPlan.Of(_model8B, new PlanOptions { Stage = PaperStage.Sft, Gpus = 8, GpuBytes = Gpu80 });
        memory.Lines.Select(l => l.Value).ShouldBe(
        [
            2_047_683_840, // 2 × 8,190,735,360 / 8
            2_047_683_840,
            12_286_103_040, // 12 × 8,190,735,360 / 8
            2_489_319_424, // 2 × 2 × 151,936 × 4,096: the embedding table is more than a layer
            2_415_919_104, // 2 × 8,192 × 4,096 × 36
            1_325_400_064, // 2 × 8,192 × (4 × 4,096 + 3 × 4,096 + 3 × 1,024 + 4 × 12,288)
            12_446_597_120, // 10 × 8,192 × 151,936
            (2L << 30) + (Gpu80 * 0.05),
        ]);
        memory.Fits.ShouldBeTrue();
        (memory.Total / (1L << 30)).ShouldBe(38.651, 0.001);
        memory.Lines[2].Formula.ShouldBe("12 B × 8,190,735,360 / 8 GPUs");
    }

    [Fact]
    public void Of_8BOnOneGpu_DoesNotFitAndSaysWhatHelps()
    {
        var plan = TrainingPlan.Of("Qwen3-8B", _model8B, new PlanOptions { Stage = PaperStage.Sft, Gpus = 1, GpuBytes = Gpu80 });
        plan.Fits.ShouldBeFalse();
        // What this program sums gradients in: 4 × 8,190,735,360.
        plan.Memory.Lines[2].Value.ShouldBe(32_762_941_440);
        (plan.Memory.Total / (1L << 30)).ShouldBe(173.641, 0.001);
        plan.Advice.ShouldBe(["LoRA of rank 16 (--lora 16): 37.1 GiB", "4 such GPUs: 53.9 GiB each"]);
        TrainingPlan.Of("Qwen3-8B", _model8B, plan.Options with { LoraRank = 16 }).Fits.ShouldBeTrue();
    }

    [Fact]
    public void Of_72BOnOneSmallGpu_SaysThatGpusAloneHelpOrNot()
    {
        var model = KnownModels.Find("Qwen2.5-72B-Instruct").Config;
        var plan = TrainingPlan.Of("72B", model, new PlanOptions { Stage = PaperStage.Sft, Gpus = 8, GpuBytes = 24L << 30 });
        plan.Fits.ShouldBeFalse();
        foreach (var advice in plan.Advice.Where(a => a.Contains("such GPUs", StringComparison.Ordinal)))
            int.Parse(advice.Split(' ')[0], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(32);
        plan.Advice.ShouldNotBeEmpty();
    }

    [Fact]
    public void Time_Of8BInStage1_IsTheOperationsOverTheRate()
    {
        var options = new PlanOptions { Stage = PaperStage.Sft, Gpus = 8, GpuBytes = Gpu80, Cases = 64_000, MeanTokens = 4_000, PeakFlops = 1e15, Utilisation = 0.5 };
        var plan = TrainingPlan.Of("8B", _model8B, options);
        plan.Time.Steps.ShouldBe(1_000);
        // (8 × 8,190,735,360 + 8 × 36 × 4,096 × 4,000) × 256e6 tokens / (8 × 0.5e15)
        double operations = ((8 * 8_190_735_360.0) + (8.0 * 36 * 4_096 * 4_000)) * 256e6;
        plan.Time.Seconds.ShouldBe(operations / 4e15, 1e-6);
        plan.Time.Seconds.ShouldBe(4_495.65, 0.05);
        TimePlan.Of(_model8B, options with { Checkpointing = false }, plan.Batch, null).Seconds.ShouldBe(operations * 0.75 / 4e15, 1e-6);
    }

    [Theory]
    [InlineData(true, 6, 8)]
    [InlineData(false, 4, 6)]
    public void Time_OfLora_SparesTheFrozenWeightsTheirGradientAndCountsTheAdditionsWhole(bool recomputes, int frozen, int trained)
    {
        var options = new PlanOptions { Stage = PaperStage.Sft, Gpus = 8, GpuBytes = Gpu80, Cases = 64_000, MeanTokens = 4_000, LoraRank = 16, Checkpointing = recomputes };
        var time = TrainingPlan.Of("8B", _model8B, options).Time;
        // 16 × 36 layers × (2 × (4,096 + 4,096) + 2 × (4,096 + 1,024) + 3 × (4,096 + 12,288)) = 43,646,976
        time.Lines[2].Value.ShouldBe((frozen * 8_190_735_360.0) + (trained * 43_646_976.0) + (trained * 36.0 * 4_096 * 4_000), 1);
        time.Lines[2].Formula.ShouldBe($"{frozen} × 8,190,735,360 frozen + {trained} × 43,646,976 of LoRA + {trained} × 36 layers × 4,096 × 4,000 tokens");
    }

    [Fact]
    public void Rollout_Of8B_IsWhatTheCacheLeaves()
    {
        var rollout = RolloutPlan.Of(_model8B, new PlanOptions { Stage = PaperStage.Rl, Gpus = 8, GpuBytes = Gpu80 });
        rollout.TensorParallel.ShouldBe(1);
        ModelSizes.CacheBytesPerToken(_model8B).ShouldBe(147_456);
        // (0.9 × 80 GiB − 16,381,470,720) / (147,456 × 12,048 = 1,776,549,888) = 34.3
        rollout.Sequences.ShouldBe(34);
        rollout.TokensPerSecond.ShouldBe(34 * 3.35e12 / (16_381_470_720 + (34 * 1_776_549_888.0)), 1);
        var large = RolloutPlan.Of(KnownModels.Find("Qwen2.5-72B-Instruct").Config, new PlanOptions { Stage = PaperStage.Rl, Gpus = 8, GpuBytes = Gpu80 });
        large.TensorParallel.ShouldBe(4);
    }

    [Fact]
    public void Of_RolloutsThatDoNotFit_SaysSo()
    {
        var plan = TrainingPlan.Of("72B", KnownModels.Find("Qwen2.5-72B-Instruct").Config, new PlanOptions { Stage = PaperStage.Rl, Gpus = 1, GpuBytes = Gpu80, LoraRank = 8 });
        plan.Rollout!.Sequences.ShouldBe(0);
        plan.Fits.ShouldBeFalse();
        plan.Advice[^1].ShouldBe("Rollouts: the weights and one sequence need more than a GPU has; use more GPUs, at least 2, or larger ones");
    }

    [Fact]
    public void Of_RolloutsThatNoNumberOfGpusCanHold_SaysThatLargerOnesAloneHelp()
    {
        // 135.4 GiB of weights over 8 heads of keys and values are 16.9 GiB a GPU at least.
        var plan = TrainingPlan.Of("72B", KnownModels.Find("Qwen2.5-72B-Instruct").Config, new PlanOptions { Stage = PaperStage.Rl, Gpus = 8, GpuBytes = 16L << 30 });
        plan.Rollout!.Sequences.ShouldBe(0);
        plan.Advice[^1].ShouldBe("Rollouts: the weights and one sequence need more than a GPU has, even where a copy of the model is cut over 8 GPUs, as far as its 8 heads of keys and values go; only larger GPUs help");
    }

    [Fact]
    public void Of_MoreAtOnceThanTheBatchHas_CountsTheMemoryOfThoseThatItIsLaidOutFor()
    {
        var options = new PlanOptions { Stage = PaperStage.Sft, Gpus = 8, GpuBytes = Gpu80, PerDevice = 16 };
        var plan = TrainingPlan.Of("8B", _model8B, options);
        plan.Batch.PerDevice.ShouldBe(8);
        plan.Memory.Lines.ShouldBe(MemoryPlan.Of(_model8B, options with { PerDevice = 8 }).Lines);
    }

    [Fact]
    public void Of_ImpossibleLengths_AreTheUsersErrors()
    {
        Should.Throw<EhrR1Exception>(() => TrainingPlan.Of("8B", _model8B, new PlanOptions { Stage = PaperStage.Sft, Gpus = 1, GpuBytes = Gpu80, Length = 100_000 })).Message.ShouldContain("40,960");
        Should.Throw<EhrR1Exception>(() => TrainingPlan.Of("8B", _model8B, new PlanOptions { Stage = PaperStage.Rl, Gpus = 1, GpuBytes = Gpu80, Length = 2_000 })).Message.ShouldContain("no room for a prompt");
    }
}
