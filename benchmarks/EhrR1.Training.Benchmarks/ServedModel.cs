using EhrR1.Benchmarks;
using EhrR1.Models;

namespace EhrR1.Training.Benchmarks;

/// <summary>The model server, in the process that serves.</summary>
internal static class ServedModel
{
    /// <summary>Serves until the process that started it ends it.</summary>
    public static async Task RunAsync(string folder, int threads)
    {
        using var model = ModelFolder.LoadModel(folder, new DecoderOptions { Device = TorchRuntime.Start("cpu", threads) });
        using var worker = new GenerationWorker(model, ModelFolder.LoadTokenizer(folder, model.Config));
        await using var server = await ModelServer.StartAsync("nano", worker, ChatTemplate.Load(folder), options: new ServingOptions { Port = 0 });
        await ServerProcess.ServeAsync(server.Address);
    }
}
