using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>One run of a command: what was asked for, and where results, messages and progress go.</summary>
internal sealed class CommandRun(CliCommand command, ParseResult parsed, CliTerminal terminal, ProgressDisplay progress, DataPolicy data, CancellationToken cancellation)
{
    private static readonly JsonSerializerOptions _lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions _indented = new(_lines) { WriteIndented = true, NewLine = "\n" };

    public CliTerminal Terminal => terminal;

    public TextWriter Out => terminal.Out;

    public ProgressDisplay Progress => progress;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Whether patients' data may leave the network, as the settings file says.</summary>
    public DataPolicy Data => data;

    /// <summary>What the command runs with, options and settings file together; manifests hold it.</summary>
    public JsonObject Effective
    {
        get
        {
            var effective = new JsonObject();
            foreach (var option in command.Options.Where(o => o != command.Settings && o.Name is not ("--help" or "--json")))
            {
                if (parsed.GetResult(option) is { } result && JsonOf(result.GetValueOrDefault<object?>()) is { } value)
                    effective[option.Name.TrimStart('-')] = value;
            }

            return effective;
        }
    }

    private static JsonNode? JsonOf(object? value) => value switch
    {
        null => null,
        bool or int or long or double or decimal => JsonSerializer.SerializeToNode(value, value.GetType()),
        IEnumerable<string> texts => texts.Any() ? string.Join(',', texts) : null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T Get<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Whether the user, or the settings file, set the option.</summary>
    public bool IsSet(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Those of some options that are set, as a user may paste them into a shell: a blank before each.</summary>
    public string TextOf(IEnumerable<Option> options) =>
        string.Concat(options.Where(IsSet).Select(o => $" {o.Name}{string.Concat(parsed.GetResult(o)!.Tokens.Select(t => " " + ShellText.Of(t.Value)))}"));

    /// <summary>The full path that an option names, or <see langword="null"/> where it is not set.</summary>
    public string? PathOf(Option<string?> option) => parsed.GetValue(option) is { } path ? terminal.PathOf(path) : null;

    public string PathOf(Argument<string> argument) => terminal.PathOf(parsed.GetValue(argument)!);

    /// <summary>Says something to the person: on standard error, above the progress bar.</summary>
    public void Say(string line) => progress.Say(line);

    /// <summary>Writes one JSON value over several lines.</summary>
    public void WriteJson(JsonNode value) => terminal.Out.WriteLine(value.ToJsonString(_indented));

    /// <summary>Writes one JSON value on one line.</summary>
    public void WriteJsonLine(JsonNode value) => terminal.Out.WriteLine(value.ToJsonString(_lines));

    /// <summary>An error of the user's, ready to be thrown.</summary>
    public static EhrR1Exception UserError(string what, string whatToDo) => new(what, null, whatToDo);
}
