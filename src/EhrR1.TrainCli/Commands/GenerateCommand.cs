using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Models;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Lets a model folder write on from a prompt.</summary>
internal sealed class GenerateCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { Description = "The model's folder: config.json, tokenizer.json and safetensors, as Hugging Face has them.", HelpName = "MODEL" };
    private readonly Argument<string> _prompt = new("prompt") { Description = "The text to go on from.", HelpName = "PROMPT" };
    private readonly Option<bool> _chat = new("--chat") { Description = "Take the prompt for a user's message and put the model's chat template around it." };
    private readonly Option<string?> _system = new("--system") { Description = "With --chat: the system message.", HelpName = "TEXT" };
    private readonly Option<string?> _thinking = new("--thinking") { Description = "With --chat: the template's thinking switch. The default is the template's own.", HelpName = "on|off" };
    private readonly Option<int> _newTokens = CommonOptions.Count("--max-new-tokens", "How long the answer may be, in tokens.", 128);
    private readonly Option<int> _n = CommonOptions.Count("--n", "How many answers; their seeds follow one another.", 1);
    private readonly Option<double> _temperature = new("--temperature") { Description = "Temperature of the draw; 0 takes the most probable token.", HelpName = "NUMBER", DefaultValueFactory = _ => 0 };
    private readonly Option<int?> _topK = CommonOptions.Limit("--top-k", "Draw from this many of the most probable tokens. The default is all.");
    private readonly Option<double> _topP = new("--top-p") { Description = "Draw from the smallest set of tokens with this probability.", HelpName = "SHARE", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _minP = new("--min-p") { Description = "Draw no token less probable than this share of the most probable one.", HelpName = "SHARE", DefaultValueFactory = _ => 0 };
    private readonly Option<double> _penalty = new("--repetition-penalty") { Description = "Divide the logits of tokens seen by this; 1 changes nothing.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _stop = new("--stop") { Description = "A text that ends the answer and is cut off; may be given several times.", HelpName = "TEXT" };
    private readonly Option<string[]> _answers = new("--answer") { Description = "One of the answers that may come, and no others; may be given several times.", HelpName = "TEXT" };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of the draw: same seed, same text.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _alternatives = new("--logprobs") { Description = "With --json: how many of the most probable tokens to list at every place.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _adapter = new("--adapter") { Description = "A folder of LoRA weights as PEFT writes it; they are merged into the model.", HelpName = "FOLDER" };
    private readonly Option<string> _device = new("--device") { Description = "Where to compute: cpu, or cuda with or without a number.", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
    private readonly Option<string?> _type = ComputeOptions.Type();
    private readonly Option<int?> _threads = CommonOptions.Limit("--threads", "Threads of one operation. The default is libtorch's own.");
    private readonly Option<bool> _json = JsonOption("Print answers with tokens and log-probabilities as JSON.");

    public GenerateCommand()
        : base("generate", "Lets a model folder write on from a prompt.", "ehr-r1 generate ehr-r1-nano \"Aspirin is\"", "ehr-r1 generate ehr-r1-nano \"Will the patient be readmitted?\" --chat --temperature 0.7 --seed 1")
    {
        Arguments.Add(_model);
        Arguments.Add(_prompt);
        _thinking.AcceptOnlyFromAmong("on", "off");
        foreach (var option in (ReadOnlySpan<Option>)[_chat, _system, _thinking, _newTokens, _n, _temperature, _topK, _topP, _minP, _penalty, _stop, _answers, _seed, _alternatives, _adapter, _device, _type, _threads, _json])
            Options.Add(option);
    }

    public override Task<int> RunAsync(CommandRun run)
    {
        var folder = run.PathOf(_model);
        using var model = ModelFolder.LoadModel(folder, ComputeOptions.Of(run.Get(_device)!, run.Get(_type), run.Get(_threads)).Start());
        var tokenizer = ModelFolder.LoadTokenizer(folder, model.Config);
        if (run.PathOf(_adapter) is { } adapterFolder)
        {
            using var adapter = AdapterFolder.Load(model, adapterFolder);
            adapter.Merge(model);
        }

        var isShownAtOnce = run.Get(_n) == 1 && !run.Get(_json);
        var answers = Answers(run, folder, model, tokenizer, token => Show(run, token, isShownAtOnce));
        if (run.Get(_json))
            run.WriteJson(new JsonArray([.. answers.Select(a => Json(a, tokenizer))]));
        else if (isShownAtOnce)
            run.Out.WriteLine();
        else
            foreach (var answer in answers)
                run.Out.WriteLine(answer.Text);
        return Task.FromResult(ExitCode.Done);
    }

    private IReadOnlyList<GeneratedSequence> Answers(CommandRun run, string folder, DecoderModel model, ByteLevelTokenizer tokenizer, Action<GeneratedToken> onToken)
    {
        var prompt = Prompt(run, folder, tokenizer);
        var options = Sequence(run, tokenizer);
        try
        {
            var requests = Enumerable.Range(0, run.Get(_n)).Select(i => new SequenceRequest(prompt, options with { Seed = options.Seed + i })).ToList();
            using var batch = new GenerationBatch(model, tokenizer, stopTokens: GenerationDefaults.Read(folder, model.Config, tokenizer).EndTokens);
            return batch.Run(requests, onToken, run.Cancellation);
        }
        catch (Exception e) when (MemoryShortage.IsOf(e))
        {
            throw new EhrR1Exception(string.Create(CultureInfo.InvariantCulture, $"Memory is short for this many answers: {run.Get(_n):#,0}, of up to {run.Get(_newTokens):#,0} tokens each, to a prompt of {prompt.Count:#,0}"), null, "Lower --n or --max-new-tokens, or shorten the prompt", e);
        }
    }

    private static void Show(CommandRun run, GeneratedToken token, bool isShown)
    {
        if (!isShown || token.Text.Length == 0)
            return;
        run.Out.Write(token.Text);
        run.Out.Flush();
    }

    private IReadOnlyList<int> Prompt(CommandRun run, string folder, ByteLevelTokenizer tokenizer)
    {
        var text = run.Get(_prompt);
        if (!run.Get(_chat))
            return run.IsSet(_system) || run.IsSet(_thinking) ? throw CommandRun.UserError("--system and --thinking belong to --chat", "Add --chat, or leave them out") : tokenizer.Encode(text);
        var template = ChatTemplate.Load(folder) ?? throw new EhrR1Exception("The model has no chat template", folder, "Leave out --chat, or use a model that was taught to converse");
        PromptMessage[] messages = [.. run.Get(_system) is { } system ? [new PromptMessage(PromptRole.System, system)] : Array.Empty<PromptMessage>(), new(PromptRole.User, text)];
        return template.Encode(tokenizer, messages, enableThinking: run.Get(_thinking) switch { "on" => true, "off" => false, _ => null });
    }

    private SequenceOptions Sequence(CommandRun run, ByteLevelTokenizer tokenizer) => new()
    {
        MaxNewTokens = run.Get(_newTokens), Temperature = run.Get(_temperature), TopK = run.Get(_topK), TopP = run.Get(_topP), MinP = run.Get(_minP),
        RepetitionPenalty = run.Get(_penalty), StopTexts = run.Get(_stop) ?? [], Seed = run.Get(_seed), Alternatives = run.Get(_alternatives),
        AllowedAnswers = run.Get(_answers) is { Length: > 0 } answers ? [.. answers.Select(a => (IReadOnlyList<int>)tokenizer.Encode(a))] : null,
    };

    private static JsonObject Json(GeneratedSequence answer, ByteLevelTokenizer tokenizer) => new()
    {
        ["text"] = answer.Text,
        ["end"] = answer.End.ToString(),
        ["tokens"] = new JsonArray([.. answer.Tokens.Select((token, i) => new JsonObject
        {
            ["id"] = token,
            ["text"] = tokenizer.Decode([token]),
            ["logprob"] = answer.LogProbabilities[i],
            ["top"] = answer.Alternatives.Count == 0 ? null : new JsonArray([.. answer.Alternatives[i].Select(a => new JsonObject { ["id"] = a.Token, ["text"] = tokenizer.Decode([a.Token]), ["logprob"] = a.LogProbability })]),
        })]),
    };
}
