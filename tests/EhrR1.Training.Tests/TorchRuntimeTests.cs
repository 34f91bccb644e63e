using EhrR1.Charts;
using TorchSharp;

namespace EhrR1.Training.Tests;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void Start_Cpu_Multiplies()
    {
        var device = TorchRuntime.Start("cpu", threads: 1);
        using var scope = torch.NewDisposeScope();
        torch.mm(torch.eye(2, device: device) * 3, torch.ones(2, 1)).data<float>().ToArray().ShouldBe([3, 3]);
    }

    [Fact]
    public void Start_CudaWhereThereIsNone_SaysHowAProgramForItIsMade()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "There is a CUDA device here.");
        Should.Throw<EhrR1Exception>(() => TorchRuntime.Start("cuda")).Message.ShouldContain("'export EHR_R1_CUDA=1' and keep it set for all calls of ./ehr-r1");
    }
}
