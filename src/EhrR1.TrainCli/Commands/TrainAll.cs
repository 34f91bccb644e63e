using System.CommandLine;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>All three stages in a row with a small model, each scored on held-out patients.</summary>
internal sealed class TrainAll : TrainAction
{
    private readonly TrainOptions _shared;
    private readonly Option<string> _preset = CommonOptions.Word("--preset", "All, ablate: the size of the whole: nano trains for a quarter of an hour on two cores and is scored for ten minutes, nano-ci takes a minute and learns next to nothing.", NanoPresets.Standard.Name, [.. NanoPresets.All.Select(p => p.Name)]);

    public TrainAll(TrainOptions shared)
        : base("all") => _shared = shared;

    /// <summary>The preset, which the ablation shares.</summary>
    public Option<string> Preset => _preset;

    public override IReadOnlyList<Option> Options => [_preset];

    public override async Task<int> RunAsync(CommandRun run, IReadOnlyList<string> operands)
    {
        var (preset, workspace, folder) = Read(run);
        Directory.CreateDirectory(folder);
        var stages = new StagesRun(run, preset, workspace, folder, StageVariant.Whole(run.Get(_shared.Seed)), _shared.Compute(run));
        var scores = await stages.RunAsync().ConfigureAwait(false);
        // What came of it stands at the top, so that the folder itself can be served.
        using (var last = ModelFolder.LoadModel(stages.Model!))
            ModelFolder.Save(last, folder, companionsFrom: stages.Model);
        if (run.Get(_shared.Json))
        {
            run.WriteJson(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "stages.json"), run.Cancellation).ConfigureAwait(false))!);
            return ExitCode.Done;
        }

        StageTable.Write(run.Out, scores);
        run.Out.WriteLine($"The model of the last stage, with those of the others in stages and the table in stages.json: {folder}");
        run.Out.WriteLine($"Next: ehr-r1 generate {ShellText.Of(folder)} --chat \"…\"");
        return ExitCode.Done;
    }

    /// <summary>Preset, workspace and folder as the user named them.</summary>
    public (NanoPreset Preset, string Workspace, string Folder) Read(CommandRun run)
    {
        var workspace = TrainOptions.Need(run, _shared.Workspace);
        if (!Workspace.Exists(workspace))
            throw CommandRun.UserError($"{workspace} is no workspace", "Make one with 'ehr-r1 build', or 'ehr-r1 demo' for a synthetic hospital");
        return (NanoPresets.All.First(p => p.Name == run.Get(_preset)), workspace, _shared.FolderOf(run));
    }
}
