using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommonOptions
{
    public static JsonWriterOptions JsonWriter { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Argument<string> Workspace() => new("workspace") { Description = "The workspace: the folder that 'build' or 'demo' wrote.", HelpName = "WORKSPACE" };

    public static Option<DateTime?> Time(string name, string description) => new(name)
    {
        Description = description + " Write 2180-05-06 or \"2180-05-06 14:30:00\".",
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value.Replace('T', ' ');
            if (DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                return time;
            result.AddError($"'{result.Tokens[0].Value}' is no time for {name}. Write 2180-05-06 or \"2180-05-06 14:30:00\".");
            return null;
        },
    };

    /// <summary>A size of memory; <see cref="MemorySize.Parse"/> reads its value.</summary>
    public static Option<string> Memory()
    {
        var option = new Option<string>("--memory")
        {
            Description = "How much memory sorting may take before it spills to disk, such as 512MiB or 4GiB.",
            HelpName = "SIZE",
            DefaultValueFactory = _ => "4GiB",
        };
        option.Validators.Add(result =>
        {
            try
            {
                MemorySize.Parse(result.Tokens.Count > 0 ? result.Tokens[^1].Value : "4GiB");
            }
            catch (EhrR1Exception e)
            {
                result.AddError(e.Message);
            }
        });
        return option;
    }

    /// <summary>A whole number of at least 1.</summary>
    public static Option<int> Count(string name, string description, int ifNotSet)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => ifNotSet };
        option.Validators.Add(result => CheckCount(result, name));
        return option;
    }

    /// <summary>A whole number of at least 1, or none for no limit.</summary>
    public static Option<int?> Limit(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => CheckCount(result, name));
        return option;
    }

    /// <summary>Lets an option take one of a few words; the message names them.</summary>
    public static Option<string> Word(string name, string description, string ifNotSet, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => ifNotSet };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>The name of one task; completion offers all of them.</summary>
    public static Option<string?> Task(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "TASK" };
        option.CompletionSources.Add([.. TaskCatalog.Tasks.Select(t => t.Name)]);
        option.Validators.Add(result => CheckTasks(result, name));
        return option;
    }

    /// <summary>Names of tasks, separated by commas or blanks.</summary>
    public static Option<string[]> TaskList(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "TASK,…", AllowMultipleArgumentsPerToken = true };
        option.CompletionSources.Add([.. TaskCatalog.Tasks.Select(t => t.Name)]);
        option.Validators.Add(result => CheckTasks(result, name));
        return option;
    }

    /// <summary>The names in the values of <see cref="TaskList"/>, or <see langword="null"/> for all.</summary>
    public static IReadOnlyList<string>? NamesIn(string[]? values) =>
        values is null or [] ? null : [.. values.SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

    private static void CheckCount(OptionResult result, string option)
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[^1].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value < 1)
            result.AddError($"{option} must be at least 1, not {value}.");
    }

    private static void CheckTasks(OptionResult result, string option)
    {
        foreach (var task in NamesIn([.. result.Tokens.Select(t => t.Value)]) ?? [])
        {
            if (!TaskCatalog.TryGet(task, out _))
                result.AddError($"'{task}' is no task for {option}. The tasks are {string.Join(", ", TaskCatalog.Tasks.Select(t => t.Name))}.");
        }
    }
}
