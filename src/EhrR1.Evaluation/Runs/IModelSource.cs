using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Evaluation;

/// <summary>Where a run's model comes from: a baseline that is fitted first, or an endpoint that is opened.</summary>
public interface IModelSource
{
    /// <summary>The model's name, as it stands in the run and its folder's name.</summary>
    string Name { get; }

    /// <summary>All settings that decide the answers; without secrets, since they are written into the run.</summary>
    JsonObject Settings { get; }

    /// <summary>Makes the model ready.</summary>
    /// <param name="benchmark">The benchmark that it will be asked.</param>
    /// <param name="run">The run; what is fitted goes into its <see cref="RunFolder.ModelFolder"/>.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The model; who asked for it closes it.</returns>
    /// <exception cref="EhrR1Exception">The model cannot be had here.</exception>
    Task<OpenedModel> OpenAsync(BenchmarkSource benchmark, RunFolder run, IProgress<StageProgress>? progress, CancellationToken cancellationToken);
}
