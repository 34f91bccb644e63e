using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Models;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Serves a model folder in OpenAI's protocol.</summary>
internal sealed class ServeCommand : CliCommand
{
    private static readonly ServingOptions _bounds = new();
    private static readonly GenerationLimits _limits = new();

    private readonly Argument<string> _model = new("model") { Description = "The model folder, as Hugging Face lays it out and 'ehr-r1 train' writes it.", HelpName = "MODEL" };
    private readonly Option<int> _port = new("--port") { Description = "The port to listen at; 0 for any free one.", HelpName = "N", DefaultValueFactory = _ => _bounds.Port };
    private readonly Option<string> _host = new("--host") { Description = "The address to listen at. The default lets only this machine in; 0.0.0.0 lets in every machine that reaches this one, without asking who it is.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<string?> _name = new("--name") { Description = "The name by which clients ask for the model. The default is the folder's.", HelpName = "NAME" };
    private readonly Option<string> _device = new("--device") { Description = "Where to compute: cpu, or cuda with a program that was built for it.", HelpName = "cpu|cuda", DefaultValueFactory = _ => "cpu" };
    private readonly Option<string?> _type = ComputeOptions.Type();
    private readonly Option<int?> _threads = CommonOptions.Limit("--threads", "Threads of one operation. The default is one a core; answers do not depend on it.");
    private readonly Option<int> _sequences = CommonOptions.Count("--max-sequences", "Completions that are written at once; others wait.", _limits.Sequences);
    private readonly Option<int> _waiting = CommonOptions.Count("--max-waiting", "Completions that run or wait; further requests are told to come again (429).", _bounds.MostWaiting);
    private readonly Option<string> _memory = CommonOptions.Memory();
    private readonly Option<bool> _untilInputEnds = new("--until-input-ends") { Description = "Stop when standard input ends, so that the server never outlives the program that started it." };
    private readonly Option<bool> _json = JsonOption("Print address and name as one line of JSON when the server is ready.");

    public ServeCommand()
        : base(
            "serve",
            "Serves a model folder as an OpenAI-compatible endpoint on this machine.",
            "ehr-r1 serve ehr-r1-nano --port 8000",
            "ehr-r1 serve ehr-r1-nano --port 0 --max-sequences 64 --json")
    {
        _memory.Description = "How much memory the keys and values of running completions may take; further ones wait.";
        _memory.DefaultValueFactory = _ => "2GiB";
        Arguments.Add(_model);
        foreach (var option in (Option[])[_port, _host, _name, _device, _type, _threads, _sequences, _waiting, _memory, _untilInputEnds, _json])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(CommandRun run)
    {
        var bounds = BoundsOf(run);
        var folder = run.PathOf(_model);
        var name = run.Get(_name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        using var model = ModelFolder.LoadModel(folder, ComputeOptions.Of(run.Get(_device)!, run.Get(_type), run.Get(_threads)).Start());
        var tokenizer = ModelFolder.LoadTokenizer(folder, model.Config);
        var defaults = GenerationDefaults.Read(folder, model.Config, tokenizer);
        using var worker = new GenerationWorker(model, tokenizer, new GenerationLimits { Sequences = run.Get(_sequences), CacheBytes = MemorySize.Parse(run.Get(_memory)!) }, defaults.EndTokens);
        var template = TemplateOf(run, folder);
        await using var server = await ModelServer.StartAsync(name, worker, template, defaults, bounds, run.Terminal.Time, run.Cancellation).ConfigureAwait(false);
        if (!IPAddress.IsLoopback(bounds.Host))
            run.Say($"Warning: every machine that reaches {bounds.Host} can ask here, and questions hold what patients' records say. Nothing is encrypted and nobody is asked who they are: keep it within a network of your own.");
        if (run.Get(_json))
            run.WriteJsonLine(new JsonObject { ["address"] = $"{server.Address}v1", ["model"] = name });
        else
            run.Out.WriteLine($"Serving {name} at {server.Address}v1");
        // Said in any case: a stop that comes already now ends a server that was ready.
        await run.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await EndAsync(run).ConfigureAwait(false);
        return ExitCode.Done;
    }

    // How a server ends: completions that are being written are written, as long as its patience lasts.
    private async Task EndAsync(CommandRun run)
    {
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, run.Terminal.Time, run.Cancellation);
        var ended = run.Get(_untilInputEnds) ? Task.Run(() => InputEnds(run.Terminal)) : stopped;
        await Task.WhenAny(stopped, ended).ConfigureAwait(false);
    }

    private static void InputEnds(CliTerminal terminal)
    {
        using var input = terminal.Input();
        var rest = new byte[256];
        while (input.Read(rest) > 0)
        {
        }
    }

    // A model without conversations is served all the same, for completions.
    private static ChatTemplate? TemplateOf(CommandRun run, string folder)
    {
        try
        {
            return ChatTemplate.Load(folder);
        }
        catch (EhrR1Exception e)
        {
            run.Say($"Warning: {e.Message} Only /v1/completions will work.");
            return null;
        }
    }

    private ServingOptions BoundsOf(CommandRun run)
    {
        if (run.Get(_port) is not (>= 0 and <= 65_535))
            throw CommandRun.UserError(string.Create(CultureInfo.InvariantCulture, $"--port must be from 0 to 65535, not {run.Get(_port)}"), "Choose a free port, such as 8000");
        var named = run.Get(_host)!;
        var host = named == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(named, out var address) ? address : throw CommandRun.UserError($"'{named}' is no address of this machine for --host", "Give an IP address, such as 127.0.0.1 or 0.0.0.0");
        return _bounds with { Host = host, Port = run.Get(_port), MostWaiting = run.Get(_waiting) };
    }
}
