using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Evaluation;
using EhrR1.Tasks;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>A small model through all three stages, each scored on held-out patients.</summary>
/// <remarks>
/// Data is made by the same commands that a user would give; each is said. What is finished is not done again, so a run that was stopped goes on, and runs in
/// one folder share what they have in common: a stage's folder is named by its settings.
/// </remarks>
internal sealed class StagesRun
{
    private const string PriorName = "label prior";
    private readonly CommandRun _run;
    private readonly NanoPreset _preset;
    private readonly string _workspace;
    private readonly string _folder;
    private readonly StageVariant _variant;
    private readonly ComputeSettings _compute;
    private readonly List<StageScore> _scores = [];
    private HeldOutReward? _lastReward;
    private ScoredTasks _scored = new([], []);

    /// <summary>Prepares a run.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="preset">Model and amounts.</param>
    /// <param name="workspace">The workspace, whose train patients are learned from and whose test patients are scored on.</param>
    /// <param name="folder">The folder to write.</param>
    /// <param name="variant">What is done otherwise than in the whole of it.</param>
    /// <param name="compute">Where it is computed.</param>
    public StagesRun(CommandRun run, NanoPreset preset, string workspace, string folder, StageVariant variant, ComputeSettings compute) =>
        (_run, _preset, _workspace, _folder, _variant, _compute) = (run, preset, workspace, folder, variant, compute);

    /// <summary>The folder of the last stage's model, once the run is done.</summary>
    public string? Model { get; private set; }

    /// <summary>Does what is left to do.</summary>
    /// <returns>The scores, the label prior's first.</returns>
    public async Task<IReadOnlyList<StageScore>> RunAsync()
    {
        await BeginAsync().ConfigureAwait(false);
        _scored = ScoredTasks.Of(_workspace, _preset);
        var fresh = await FreshAsync().ConfigureAwait(false);
        var direct = await DirectAsync(fresh).ConfigureAwait(false);
        // Chains of both splits are held against the workspace's graphs, which are part of what a stage was trained with.
        await CommandAsync("graph", _workspace, "--split", "test").ConfigureAwait(false);
        var prior = await PriorAsync().ConfigureAwait(false);
        var model = fresh;
        if (_variant.DomainAdaptation)
        {
            const string Name = "1 domain adaptation";
            var (reading, steps, _) = FineTune($"{Name}, reading", "sft", _preset.ReadingSettings, model, direct.Reading);
            model = await FineTuneAsync(Name, "sft", TrainingStageKind.DomainAdaptation, reading, [direct.Risks, .. direct.Decisions], prior, (steps, StageTimes.Read(TimesOf(reading)).Training)).ConfigureAwait(false);
        }

        if (_variant.Reasoning)
        {
            var mixedRisks = await DirectAsync("mixed-risks", fresh, Risks(), _preset.MixedCases, InstructionPrompts.RiskTokens, "--balance").ConfigureAwait(false);
            var mixedDecisions = await DirectAsync("mixed-decisions", fresh, Decisions(), _preset.MixedCases, _preset.AnswerTokens).ConfigureAwait(false);
            var reason = await ReasonAsync(fresh).ConfigureAwait(false);
            model = await FineTuneAsync("2 reasoning enhancement", "reason", TrainingStageKind.ReasoningEnhancement, model, [reason, mixedRisks, mixedDecisions], prior).ConfigureAwait(false);
        }

        if (_variant.Reinforcement)
            model = await ReinforceAsync(fresh, model, prior).ConfigureAwait(false);
        Model = model;
        Write();
        return _scores;
    }

    // What is finished is taken as it is, so the folder must be of this preset and of this workspace as it stands.
    private async Task BeginAsync()
    {
        using (var workspace = Workspace.OpenForWriting(_workspace))
        {
            await EarlierStages.NeedAsync(_run, workspace, benchmark: true).ConfigureAwait(false);
            // Graphs need one: it is missed here, before anything is counted.
            _ = TerminologyChoice.Of(_run, workspace, named: null);
        }

        var mine = await CountedAsync().ConfigureAwait(false);
        var file = PathOf("begun.json");
        if (!File.Exists(file))
            AtomicFile.WriteText(file, mine.ToJsonString() + "\n");
        else if (!JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(file, _run.Cancellation).ConfigureAwait(false)), mine))
            throw new EhrR1Exception("The folder holds a run of another preset, or of another workspace or what was one before its tasks, benchmark or Lift were made anew", _folder, "Choose a new folder with --out, or delete this one");
    }

    // Above a fixed Lift no common answer has a graph, so none has a chain, and a model that learns from chains seldom gives one.
    private async Task<JsonObject> CountedAsync()
    {
        bool isCounted;
        using (var before = Workspace.Open(_workspace))
            isCounted = before.Stage(LiftStage.Name) is not null;
        if (!isCounted)
            await CommandAsync("lift", _workspace, "--lift-min", "auto").ConfigureAwait(false);
        using var workspace = Workspace.Open(_workspace);
        var threshold = LiftStage.Recorded(workspace).LiftAbove;
        if (threshold is { } above)
            _run.Say(string.Create(CultureInfo.InvariantCulture, $"Note: Lift was counted with a threshold of {above}, so common answers have no chains; 'ehr-r1 lift {ShellText.Of(_workspace)} --lift-min auto' counts it anew"));
        return new JsonObject { ["preset"] = JsonSerializer.SerializeToNode(_preset), ["tasks"] = workspace.Stage(TaskStage.Name)!.Fingerprint, ["bench"] = workspace.Stage(BenchStage.Name)!.Fingerprint, ["lift_above"] = threshold };
    }

    private async Task<string> FreshAsync()
    {
        var fresh = PathOf(string.Create(CultureInfo.InvariantCulture, $"model-fresh-{_variant.Seed}"));
        if (File.Exists(Path.Combine(fresh, ModelConfig.FileName)))
            return fresh;
        // The vocabulary is learned from what the model will read: ends of records, by an estimate of tokens as there is no tokenizer yet.
        var texts = await DataAsync("texts", "direct", _workspace, "--per-task", Number(Math.Max(10, _preset.ReadingCases / 2)), "--max-tokens", Number(_preset.DirectTokens * 7 / 5)).ConfigureAwait(false);
        _run.Say($"Learning a vocabulary of {_preset.VocabularySize:#,0} tokens …");
        NanoModel.Make(fresh, ConversationReader.Read(texts, _run.Cancellation), _preset, _variant.Seed, _run.Cancellation);
        return fresh;
    }

    // Risks have as many yes as no: a model this small would learn how often each task says yes, and nothing else. Decisions with few cases are shown more often, or they would be forgotten.
    private async Task<(string Risks, IReadOnlyList<string> Reading, IReadOnlyList<string> Decisions)> DirectAsync(string fresh)
    {
        var risks = await DirectAsync("direct-risks", fresh, Risks(), _preset.RiskCases, InstructionPrompts.RiskTokens, "--balance").ConfigureAwait(false);
        var reading = await DirectAsync("direct-reading", fresh, Decisions(), _preset.ReadingCases, _preset.AnswerTokens).ConfigureAwait(false);
        var decisions = await DirectAsync("direct-decisions", fresh, Decisions(), _preset.DirectCases, _preset.AnswerTokens).ConfigureAwait(false);
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(decisions, "manifest.json"), _run.Cancellation).ConfigureAwait(false))!["tasks"]!.AsObject();
        var rare = cases.Where(t => (int)t.Value! * 4 < _preset.DirectCases).Select(t => t.Key).ToList();
        if (rare.Count == 0 || _preset.RareTimes < 2)
            return (risks, [reading], [decisions]);
        var again = Enumerable.Repeat(await DirectAsync("direct-rare", fresh, rare, _preset.DirectCases, _preset.AnswerTokens).ConfigureAwait(false), _preset.RareTimes - 1).ToList();
        return (risks, [reading, .. again], [decisions, .. again]);
    }

    // Records are cut to what is left by the room for answers, as they are when the model is asked: a model that has seen answers end at one place only goes on to that place.
    private Task<string> DirectAsync(string name, string tokenizer, IEnumerable<string> tasks, int perTask, int answerTokens, params string[] more) =>
        DataAsync(name, "direct", _workspace, ["--per-task", Number(perTask), "--max-tokens", Number(_preset.DirectTokens), "--answer-tokens", Number(answerTokens), "--tokenizer", tokenizer, "--tasks", string.Join(',', tasks), .. more]);

    internal static IReadOnlyList<string> Risks() => [.. TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Risk).Select(t => t.Name)];

    internal static IReadOnlyList<string> Decisions() => [.. TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Decision && !t.IsFreeText).Select(t => t.Name)];

    private async Task<string> ReasonAsync(string fresh)
    {
        string[] options = ["--teacher", "narrator", "--per-task", Number(_preset.ReasoningCases), "--context", Number(_preset.ThinkingPromptTokens + _preset.ChainTokens), "--max-new-tokens", Number(_preset.ChainTokens), "--max-tokens", Number(_preset.ThinkingPositions), "--answer-tokens", Number(_preset.ThinkingTokens), "--tokenizer", fresh];
        return _variant.Knowledge
            ? await DataAsync("reason", "reason", _workspace, options).ConfigureAwait(false)
            : await DataAsync("reason-without-knowledge", "reason", _workspace, [.. options, "--without-knowledge"]).ConfigureAwait(false);
    }

    private async Task<string> FineTuneAsync(string name, string stage, TrainingStageKind kind, string model, IReadOnlyList<string> data, RunFolder prior, (int Steps, double Seconds) before = default)
    {
        var (folder, steps, seconds) = FineTune(name, stage, _preset.SettingsOf(kind), model, data);
        await ScoreAsync(name, kind, folder, before.Steps + steps, before.Seconds + seconds, prior).ConfigureAwait(false);
        return folder;
    }

    private (string Folder, int Steps, double Seconds) FineTune(string name, string stage, StageSettings preset, string model, IReadOnlyList<string> data)
    {
        var settings = Settings(preset);
        var folder = StageFolder(stage, model, data, settings);
        var manifest = Trained(name, folder, () => FineTuningStage.Run(stage, model, data, heldOut: null, settings, folder, resume: true, new StepProgress(_run, stage, "loss"), _run.Progress, _run.Cancellation));
        return (folder, (int)manifest["result"]!["steps"]!, StageTimes.Read(TimesOf(folder)).Training);
    }

    // Time counts also where training is stopped: the next process adds its own.
    private JsonObject Trained(string name, string folder, Func<JsonObject> train)
    {
        if (IsFinished(folder))
            return train();
        _run.Say($"Stage {name} …");
        var times = StageTimes.Read(TimesOf(folder));
        var before = _run.Terminal.Time.GetTimestamp();
        try
        {
            return train();
        }
        finally
        {
            (times with { Training = times.Training + _run.Terminal.Time.GetElapsedTime(before).TotalSeconds }).Write(TimesOf(folder));
        }
    }

    private string TimesOf(string stage) => PathOf("runs", $"{Path.GetFileName(stage)}-times.json");

    private async Task<string> ReinforceAsync(string fresh, string model, RunFolder prior)
    {
        var prompts = await PromptsAsync("rl", "train", _preset.Prompts, fresh).ConfigureAwait(false);
        var settings = Settings(_preset.SettingsOf(TrainingStageKind.ReinforcementLearning));
        // Only here, so that the stages before are shared with the whole.
        if (!_variant.FullReward)
            settings = settings with { Reward = settings.Reward with { Format = 0, Grounding = 0 } };
        var folder = StageFolder("rl", model, [prompts], settings);
        using var workspace = Workspace.Open(_workspace);
        const string Name = "3 reinforcement learning";
        var manifest = Trained(Name, folder, () => TrainReinforcement.Train(_run, model, prompts, workspace, settings, folder, resume: true));
        await ScoreAsync(Name, TrainingStageKind.ReinforcementLearning, folder, (int)manifest["result"]!["steps"]!, StageTimes.Read(TimesOf(folder)).Training, prior).ConfigureAwait(false);
        return folder;
    }

    private async Task ScoreAsync(string name, TrainingStageKind kind, string model, int steps, double trained, RunFolder prior)
    {
        var thinks = kind != TrainingStageKind.DomainAdaptation;
        var before = _run.Terminal.Time.GetTimestamp();
        _run.Say($"Scoring {name} …");
        var direct = await EvaluateAsync(model, "at-once", _scored.Decisions, _preset.ScoredSamples).ConfigureAwait(false);
        var risk = await EvaluateAsync(model, "risks", _scored.Risks, _preset.ScoredRisks).ConfigureAwait(false);
        var thought = thinks ? await EvaluateAsync(model, "thinking", _scored.Decisions, _preset.ThoughtSamples, thinks: true).ConfigureAwait(false) : null;
        var above = RunComparison.Of(direct.Folder, prior, cancellationToken: _run.Cancellation).FirstOrDefault(d => d.Mean == "decision");
        var reward = thinks ? await RewardAsync(model).ConfigureAwait(false) : null;
        var times = StageTimes.Read(TimesOf(model));
        if (times.Scoring is null)
        {
            times = times with { Scoring = _run.Terminal.Time.GetElapsedTime(before).TotalSeconds };
            times.Write(TimesOf(model));
        }

        var score = new StageScore(name)
        {
            Kind = kind,
            Direct = direct.Scores.Mean("decision")?.Score,
            AbovePrior = above?.Difference,
            Thought = thought?.Scores.Mean("decision")?.Score,
            Risk = risk.Scores.Mean("risk")?.Score,
            WellFormed = reward?.WellFormed,
            Reward = reward is null ? null : StageScore.Of("reward", reward.Mean()),
            AboveStageBefore = reward is not null && _lastReward is not null ? StageScore.Of("reward", reward.Above(_lastReward)) : null,
            Terms = reward?.Terms,
            Steps = steps,
            TrainingSeconds = trained,
            ScoringSeconds = times.Scoring,
        };
        _lastReward = reward ?? _lastReward;
        _scores.Add(score);
        Write();
    }

    private async Task<HeldOutReward> RewardAsync(string model)
    {
        var kept = PathOf("runs", $"{Path.GetFileName(model)}-reward.json");
        if (HeldOutReward.TryRead(kept) is { } measured)
            return measured;
        var prompts = await PromptsAsync("rl-held-out", "test", _preset.RewardedPrompts, model).ConfigureAwait(false);
        // Every variant is measured by the whole reward, whatever it was trained with.
        var settings = _preset.SettingsOf(TrainingStageKind.ReinforcementLearning) with { Compute = _compute };
        using var workspace = Workspace.Open(_workspace);
        using var contexts = WorkspaceContexts.Open(workspace, GraphStage.Folder, cancellationToken: _run.Cancellation);
        var reward = HeldOutReward.Measure(model, prompts, TrainReinforcement.RewardOf(settings.Reward, contexts), contexts.Find, settings, cancellationToken: _run.Cancellation);
        reward.Write(kept);
        return reward;
    }

    private Task<ModelRun> EvaluateAsync(string model, string how, IReadOnlyList<string> tasks, int samples, bool thinks = false)
    {
        var source = new FolderSource($"{_preset.Name}-{Path.GetFileName(model)}-{how}", model, _compute, thinks ? _preset.ThinkingPositions : _preset.DirectTokens - _preset.AnswerTokens + _preset.DrawnTokens, thinks, thinks ? _preset.ThinkingTokens : _preset.DrawnTokens, thinks ? 1 : _preset.Votes);
        return EvaluateAsync(source, PathOf("runs", $"{Path.GetFileName(model)}-{how}"), tasks, samples);
    }

    private async Task<RunFolder> PriorAsync()
    {
        var decisions = await EvaluateAsync(new BaselineSource("prior"), PathOf("runs", "prior"), _scored.Decisions, _preset.ScoredSamples).ConfigureAwait(false);
        var risks = await EvaluateAsync(new BaselineSource("prior"), PathOf("runs", "prior-risks"), _scored.Risks, _preset.ScoredRisks).ConfigureAwait(false);
        _scores.Add(new StageScore(PriorName) { Direct = decisions.Scores.Mean("decision")?.Score, Risk = risks.Scores.Mean("risk")?.Score });
        return decisions.Folder;
    }

    private Task<ModelRun> EvaluateAsync(IModelSource source, string folder, IReadOnlyList<string> tasks, int samples) =>
        ModelRun.RunAsync(source, new EvaluationOptions { Source = _workspace, Out = folder, Limit = samples, Tasks = tasks }, _run.Terminal, _run.Progress, _run.Cancellation);

    private Task<string> PromptsAsync(string name, string split, int perTask, string tokenizer) =>
        DataAsync(name, "rl", _workspace, "--per-task", Number(perTask), "--max-tokens", Number(_preset.ThinkingPromptTokens), "--tokenizer", tokenizer, "--split", split);

    private async Task<string> DataAsync(string name, string action, string workspace, params string[] options)
    {
        var folder = PathOf("data", name);
        if (!File.Exists(Path.Combine(folder, "manifest.json")))
            await CommandAsync(["ins", action, workspace, "--out", folder, .. options]).ConfigureAwait(false);
        return folder;
    }

    private async Task CommandAsync(params string[] arguments)
    {
        _run.Say("$ ehr-r1 " + string.Join(' ', arguments.Select(ShellText.Of)));
        using var terminal = new CliTerminal(_run.Terminal.Error, _run.Terminal.Error) { Folder = _run.Terminal.Folder, Time = _run.Terminal.Time, Variable = _run.Terminal.Variable };
        var code = await CliApplication.RunAsync(arguments, terminal, _run.Cancellation).ConfigureAwait(false);
        _run.Cancellation.ThrowIfCancellationRequested();
        if (code is not (ExitCode.Done or ExitCode.Partial))
            throw new EhrR1Exception($"'ehr-r1 {string.Join(' ', arguments.Take(2))}' failed, as said above", null, "Mend it, then give the same command again: what is finished is kept");
    }

    private StageSettings Settings(StageSettings preset)
    {
        var settings = preset with { Compute = _compute };
        return settings with { FineTuning = settings.FineTuning with { Seed = _variant.Seed }, Reinforcement = settings.Reinforcement with { Seed = _variant.Seed } };
    }

    // Same beginnings and settings, same folder: variants share it. Threads change no number.
    private string StageFolder(string stage, string model, IReadOnlyList<string> data, StageSettings settings)
    {
        var deciding = (settings with { Compute = settings.Compute with { Threads = null } }).ToJson();
        return PathOf("stages", $"{stage}-{FileHash.OfText($"{Path.GetFileName(model)}\n{string.Join('\n', data.Select(Path.GetFileName))}\n{deciding}")[..8]}");
    }

    private static bool IsFinished(string folder) =>
        Path.Combine(folder, TrainingFolder.FileName) is var file && File.Exists(file) && JsonNode.Parse(File.ReadAllText(file))?["result"] is not null;

    private void Write() => AtomicFile.WriteText(PathOf(_variant.File), new JsonObject
    {
        ["program"] = Workspace.ProgramVersion,
        ["preset"] = _preset.Name,
        ["variant"] = _variant.Name,
        ["seed"] = _variant.Seed,
        ["stages"] = new JsonArray([.. _scores.Select(s => (JsonNode)s.ToJson())]),
        ["aims"] = new JsonArray([.. StageAim.Of(_scores).Select(a => (JsonNode)new JsonObject { ["what"] = a.What, ["met"] = a.IsMet, ["figure"] = a.Figure })]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");

    private string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([_folder, .. parts]);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
