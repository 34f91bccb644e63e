using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>What a training needs to go on as if it had not been stopped: trained weights, the optimizer's state, the step.</summary>
/// <remarks>
/// A folder <c>checkpoints/step-…</c> gets its name when everything in it is on the disk; the one before is deleted after that, so that there is a whole
/// one at any moment. Data order and random draws follow from the seed and the step, so nothing more has to be kept.
/// </remarks>
public sealed class TrainingCheckpoint
{
    private const string FolderName = "checkpoints";
    private const string WeightsName = "weights.safetensors";
    private const string OptimizerName = "optimizer.safetensors";
    private const string StateName = "state.json";
    private readonly string _root;

    /// <summary>The checkpoints of a training.</summary>
    /// <param name="folder">The training's folder.</param>
    /// <param name="fingerprint">A hash of data and settings; a checkpoint of others is refused.</param>
    public TrainingCheckpoint(string folder, string fingerprint)
    {
        _root = Path.Combine(folder, FolderName);
        Fingerprint = fingerprint;
    }

    /// <summary>A hash of data and settings.</summary>
    public string Fingerprint { get; }

    /// <summary>Whether there is one to go on from.</summary>
    public bool Exists => Latest() is not null;

    /// <summary>Writes a checkpoint and deletes older ones.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="trained">What is trained, by name.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="EhrR1Exception">The disk is full; the checkpoint before is whole.</exception>
    public void Write(int step, IReadOnlyList<(string Name, Parameter Parameter)> trained, IOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(optimizer);
        var target = Path.Combine(_root, FormattableString.Invariant($"step-{step:00000000}"));
        var writing = Path.Combine(_root, "writing");
        try
        {
            DeleteIfThere(writing);
            Workspace.CreateFolder(_root);
            Workspace.CreateFolder(writing);
            SafetensorsWriter.Write(Path.Combine(writing, WeightsName), [.. trained.Select(p => (p.Name, (Tensor)p.Parameter))]);
            SafetensorsWriter.Write(Path.Combine(writing, OptimizerName), [.. optimizer.State().Select(s => (s.Key, s.Value))]);
            var state = new JsonObject { ["step"] = step, ["optimizer_steps"] = optimizer.Steps, ["fingerprint"] = Fingerprint };
            AtomicFile.WriteText(Path.Combine(writing, StateName), state.ToJsonString() + "\n");
            DeleteIfThere(target);
            Directory.Move(writing, target);
            foreach (var old in Folders().Where(f => f != target))
                Directory.Delete(old, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EhrR1Exception)
        {
            var why = e is EhrR1Exception error ? error.What : e.Message;
            throw new EhrR1Exception($"The checkpoint of step {step} cannot be written: {why.TrimEnd('.')}", target, "Free disk space; the checkpoint before is whole, so go on with --resume", e);
        }
    }

    /// <summary>Sets what is trained and the optimizer to the last checkpoint.</summary>
    /// <returns>Steps done; <see langword="null"/> where there is none.</returns>
    /// <exception cref="EhrR1Exception">It is of other data or settings, or damaged.</exception>
    public int? Restore(IReadOnlyList<(string Name, Parameter Parameter)> trained, IOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (Latest() is not { } folder)
            return null;
        try
        {
            var state = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, StateName)))!;
            if ((string?)state["fingerprint"] != Fingerprint)
                throw new EhrR1Exception("The checkpoint is of other data or settings", folder, "Give the settings that it was begun with, or begin anew without --resume");
            using var scope = NewDisposeScope();
            using var off = no_grad();
            using (var weights = SafetensorsFile.Open(Path.Combine(folder, WeightsName)))
            {
                foreach (var (name, parameter) in trained)
                    parameter.copy_(weights.Read(name));
            }

            using (var kept = SafetensorsFile.Open(Path.Combine(folder, OptimizerName)))
                optimizer.Restore(kept.Entries.Keys.ToDictionary(n => n, kept.Read, StringComparer.Ordinal), (int)state["optimizer_steps"]!);
            return (int)state["step"]!;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or NullReferenceException)
        {
            throw new EhrR1Exception($"The checkpoint cannot be read: {e.Message}", folder, "Delete its folder to begin anew", e);
        }
    }

    /// <summary>Deletes the checkpoints of a training that has ended.</summary>
    public void Delete() => DeleteIfThere(_root);

    private string? Latest() => Folders().LastOrDefault();

    private IEnumerable<string> Folders() => Directory.Exists(_root) ? [.. Directory.EnumerateDirectories(_root, "step-*").Order(StringComparer.Ordinal)] : [];

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
