using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>A baseline, fitted on the training patients of the benchmark's workspace and kept in the run.</summary>
/// <param name="name">One of <see cref="Baselines.Names"/>.</param>
/// <param name="options">How it is fitted; <see langword="null"/> for the defaults.</param>
public sealed class BaselineSource(string name, BaselineOptions? options = null) : IModelSource
{
    private readonly BaselineOptions _options = options ?? new BaselineOptions();

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public JsonObject Settings
    {
        get
        {
            // The number of threads decides nothing.
            var settings = JsonSerializer.SerializeToNode(_options, EvaluationJson.Options)!.AsObject();
            settings.Remove("threads");
            return settings;
        }
    }

    /// <inheritdoc/>
    public async Task<OpenedModel> OpenAsync(BenchmarkSource benchmark, RunFolder run, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        // Written last, so a kill during the fit leaves nothing that looks finished.
        var done = Path.Combine(run.ModelFolder, "fitted");
        if (File.Exists(done))
            return new OpenedModel(Baselines.Load(name, run.ModelFolder));
        Baselines.Require(name);
        if (benchmark.WorkspaceFolder is not { } folder)
            throw new EhrR1Exception($"The baseline '{name}' needs training patients, and this benchmark has no workspace", benchmark.Folder, "Give the workspace that the benchmark was made from");
        using var workspace = Workspace.Open(folder);
        var model = await Task.Run(() => WorkspaceTraining.Fit(name, workspace, _options, progress, cancellationToken), cancellationToken);
        Workspace.CreateFolder(run.ModelFolder);
        model.Save(run.ModelFolder);
        AtomicFile.WriteText(done, "");
        return new OpenedModel(model);
    }
}
