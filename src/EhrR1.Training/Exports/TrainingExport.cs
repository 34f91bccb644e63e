using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>Writes all that an existing engine needs to train in the paper's three stages on a cluster: data, configuration, scripts, the hook that asks our reward server.</summary>
/// <remarks>Source of the engines' formats: TRL 1.9 and verl 0.6, from their own documentation and sources. Deterministic: the same input gives the same files.</remarks>
public static class TrainingExport
{
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes an export.</summary>
    /// <param name="workspace">The workspace, with charts and a task index.</param>
    /// <param name="folder">The folder; instruction sets that are there already with the same settings are kept, what else an export with other options left is deleted.</param>
    /// <param name="options">Engine, model, cluster.</param>
    /// <param name="progress">Receives how many cases are written.</param>
    /// <param name="cancellationToken">Stops between two cases.</param>
    /// <exception cref="EhrR1Exception">There are no cases, the reasoning cases cannot be read, or the folder cannot be written.</exception>
    public static TrainingExportResult Write(Workspace workspace, string folder, TrainingExportOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Nodes < 1 || options.GpusPerNode < 1)
            throw new EhrR1Exception("A cluster has at least one node with one GPU", null, "Give --nodes and --gpus of 1 or more");
        options.Lora?.Check();
        if (options.Lora is { } asked && asked.Alpha != Math.Floor(asked.Alpha))
            throw new EhrR1Exception(Text($"LoRA's alpha is {asked.Alpha}, and the engines take whole numbers"), null, "Choose a whole number, such as twice the rank");
        Workspace.CreateFolder(folder);
        var data = ExportedData.Write(workspace, folder, options, progress, cancellationToken);
        // TRL's vLLM server takes a node of its own.
        int third = options is { Engine: ExportEngine.Trl, Nodes: > 1 } ? options.Nodes - 1 : options.Nodes;
        var shares = GpuShares.Of(options);
        StageSetup[] stages =
        [
            new(PaperStage.Sft, options, options.Nodes, options.GpuBytes, data.DirectCases),
            new(PaperStage.Reason, options, options.Nodes, options.GpuBytes, data.Stage2Cases > 0 ? data.Stage2Cases : PublishedRecipe.Of(PaperStage.Reason).Cases),
            new(PaperStage.Rl, options, third, (long)Math.Round(shares.Training * options.GpuBytes), data.Prompts),
        ];
        // Where the same GPUs train, both engines want a copy's GPUs to divide them: so many times 2 as their number has.
        int together = third < options.Nodes ? options.GpusPerNode : options.GpusPerNode & -options.GpusPerNode;
        var rollout = RolloutPlan.Of(options.Config, new PlanOptions { Stage = PaperStage.Rl, Gpus = together, GpuBytes = options.GpuBytes }, shares.Completions);
        var notes = NotesOf(options, stages, data, rollout, shares);
        var files = ExportFiles.Of(options, stages, data, rollout, shares);
        files["README.md"] = ExportReadme.Text(options, data, notes, workspace.Manifest.Synthetic);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            AtomicFile.WriteText(path, text);
            if (name.EndsWith(".sh", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, Runnable);
        }

        EarlierExport.Delete(folder, data.Files.SelectMany(f => f).Concat(files.Keys).ToHashSet(StringComparer.Ordinal));
        return new TrainingExportResult(folder, data.DirectCases, data.ReasoningCases, data.Prompts, notes);
    }

    private static List<string> NotesOf(TrainingExportOptions options, StageSetup[] stages, ExportedData data, RolloutPlan rollout, GpuShares shares)
    {
        var notes = new List<string>();
        if (options.Lora is { } lora)
            notes.Add(Text($"LoRA of rank {lora.Rank} and alpha {lora.Alpha} on {string.Join(", ", lora.Targets)}; the published training is of all weights. Learning rates are ten times the published ones, as both engines advise for LoRA. After each stage the additions are merged into the model that the next one starts from."));
        foreach (var stage in stages)
        {
            if (stage.Batch.Note is { } note)
                notes.Add(Text($"Stage {stage.Recipe.Number}: {note}"));
            if (!stage.Fits)
                notes.Add(Text($"Stage {stage.Recipe.Number} does not fit into {MemoryOf(stage)}. What to change: ehr-r1 plan {options.Model} --gpus {stage.Gpus}x{stage.GpuBytes >> 30} --stage {stage.Recipe.Stage.ToString().ToLowerInvariant()}{(options.Lora is { } l ? Text($" --lora {l.Rank}") : "")}"));
        }

        if (rollout.Sequences == 0)
            notes.Add(Text($"Stage 3: the GPUs of a node have no room for the model and one completion{(shares.IsColocated ? Text($" in the share of {shares.Completions} that vLLM gets beside the training; with --nodes 2 completions have a node of their own") : "")}."));
        if (options.Direct.TokenizerHash is null)
            notes.Add("Lengths were estimated: name the model's tokenizer.json with --tokenizer, so that no case is cut at its end by the engine.");
        if (data.TooLong > 0)
            notes.Add(Text($"Stage 2: {data.TooLong:#,0} reasoning cases are longer than {PublishedRecipe.Of(PaperStage.Reason).Length:#,0} tokens and were left out, so that no answer is cut off; 'ins reason --max-tokens {PublishedRecipe.Of(PaperStage.Reason).Length}' cuts the beginning of their records instead."));
        if (data.ReasoningCases == 0)
            notes.Add("Stage 2 waits for reasoning cases (--reasoning); its steps are those of the published number of cases.");
        else if (data.DirectCases < data.ReasoningCases)
            notes.Add(Text($"Stage 2 mixes {data.Stage2Cases - data.ReasoningCases:#,0} direct cases with {data.ReasoningCases:#,0} reasoning ones: the workspace has no more."));
        return notes;

        string MemoryOf(StageSetup stage) => stage.GpuBytes == options.GpuBytes ? "the memory of these GPUs" : Text($"the {stage.GpuBytes >> 30} GiB of each GPU that vLLM leaves to it");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
