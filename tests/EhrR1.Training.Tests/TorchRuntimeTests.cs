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
}
