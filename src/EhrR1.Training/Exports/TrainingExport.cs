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
    /// <param name="folder">The folder; data that is there already with the same settings is kept.</param>
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
        StageSetup[] stages =
        [
            new(PaperStage.Sft, options, options.Nodes, data.DirectCases),
            new(PaperStage.Reason, options, options.Nodes, data.Stage2Cases > 0 ? data.Stage2Cases : PublishedRecipe.Of(PaperStage.Reason).Cases),
            new(PaperStage.Rl, options, third, data.Prompts),
        ];
        var rollout = RolloutPlan.Of(options.Config, new PlanOptions { Stage = PaperStage.Rl, Gpus = options.GpusPerNode, GpuBytes = options.GpuBytes });
        var notes = NotesOf(options, stages, data, rollout);
        var files = ExportFiles.Of(options, stages, data, rollout);
        files["README.md"] = ExportReadme.Text(options, data, notes, workspace.Manifest.Synthetic);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            AtomicFile.WriteText(path, text);
            if (name.EndsWith(".sh", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, Runnable);
        }

        return new TrainingExportResult(folder, data.DirectCases, data.ReasoningCases, data.Prompts, notes);
    }

    private static List<string> NotesOf(TrainingExportOptions options, StageSetup[] stages, ExportedData data, RolloutPlan rollout)
    {
        var notes = new List<string>();
        if (options.Lora is { } lora)
            notes.Add(Text($"LoRA of rank {lora.Rank} and alpha {lora.Alpha} on {string.Join(", ", lora.Targets)}; the published training is of all weights. Learning rates are ten times the published ones, as both engines advise for LoRA. After each stage the additions are merged into the model that the next one starts from."));
        foreach (var stage in stages)
        {
            if (stage.Batch.Note is { } note)
                notes.Add(Text($"Stage {stage.Recipe.Number}: {note}"));
            if (!stage.Fits)
                notes.Add(Text($"Stage {stage.Recipe.Number} does not fit into the memory of these GPUs. What to change: ehr-r1 plan {options.Model} --gpus {stage.Gpus}x{options.GpuBytes >> 30} --stage {stage.Recipe.Stage.ToString().ToLowerInvariant()}{(options.Lora is { } l ? Text($" --lora {l.Rank}") : "")}"));
        }

        if (rollout.Sequences == 0)
            notes.Add("Stage 3: the GPUs of a node have no room for the model and one completion.");
        if (options.Direct.TokenizerHash is null)
            notes.Add("Lengths were estimated: name the model's tokenizer.json with --tokenizer, so that no case is cut at its end by the engine.");
        if (data.TooLong > 0)
            notes.Add(Text($"Stage 2: {data.TooLong:#,0} reasoning cases are longer than {PublishedRecipe.Of(PaperStage.Reason).Length:#,0} tokens and were left out, so that no answer is cut off; 'ins reason --max-tokens {PublishedRecipe.Of(PaperStage.Reason).Length}' cuts the beginning of their records instead."));
        if (data.ReasoningCases == 0)
            notes.Add("Stage 2 waits for reasoning cases (--reasoning); its steps are those of the published number of cases.");
        else if (data.DirectCases < data.ReasoningCases)
            notes.Add(Text($"Stage 2 mixes {data.Stage2Cases - data.ReasoningCases:#,0} direct cases with {data.ReasoningCases:#,0} reasoning ones: the workspace has no more."));
        return notes;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
