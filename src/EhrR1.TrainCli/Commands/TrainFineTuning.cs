using EhrR1.Cli;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Stage 1 or 2.</summary>
internal sealed class TrainFineTuning(TrainOptions shared, string name) : TrainAction(name)
{
    public override Task<int> RunAsync(CommandRun run, IReadOnlyList<string> operands)
    {
        var stage = Name == "sft" ? TrainingStageKind.DomainAdaptation : TrainingStageKind.ReasoningEnhancement;
        var isNano = run.Get(shared.Model) == NanoPresets.ModelName;
        var settings = shared.Settings(run, isNano ? NanoPresets.Standard.SettingsOf(stage) : StageSettings.Published(stage));
        if (run.Get(shared.ShowConfig))
        {
            run.Out.Write(settings.ToJson());
            return Task.FromResult(ExitCode.Done);
        }

        var data = shared.DataOf(run);
        var folder = shared.FolderOf(run);
        var model = isNano ? FreshNano(run, data, folder) : TrainOptions.Need(run, shared.Model);
        var progress = new StepProgress(run, Name, "loss");
        var manifest = FineTuningStage.Run(Name, model, data, run.PathOf(shared.HeldOut), settings, folder, run.Get(shared.Resume), progress, run.Progress, run.Cancellation);
        if (run.Get(shared.Json))
            run.WriteJson(manifest);
        else
            StepProgress.WriteEnd(run, manifest, folder);
        return Task.FromResult(ExitCode.Done);
    }

    // Beside the training, not in it: the training's folder becomes a model of its own.
    private string FreshNano(CommandRun run, IReadOnlyList<string> data, string folder)
    {
        var fresh = Path.TrimEndingDirectorySeparator(folder) + "-fresh";
        NanoModel.MakeOrTake(fresh, data, NanoPresets.Standard, run.Get(shared.Seed), () => run.Say($"Learning a vocabulary and making fresh weights: {fresh} …"), run.Cancellation);
        return fresh;
    }
}
