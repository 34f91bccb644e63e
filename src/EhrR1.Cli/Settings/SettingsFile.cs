using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>
/// The settings file <c>ehr-r1.json</c>: names of options without the dashes, at the top for every command that has them,
/// or under a command's name for that command alone. Options on the command line override it.
/// </summary>
/// <remarks>Example: <c>{ "seed": 7, "memory": "2GiB", "bench": { "per-task": 200, "balance": true } }</c>.</remarks>
internal sealed class SettingsFile
{
    public const string Name = "ehr-r1.json";

    private const string MayLeave = "dataMayLeave";
    private const string MayLeaveReason = "dataMayLeaveReason";

    private readonly string _path;
    private readonly JsonObject _content;

    private SettingsFile(string path, JsonObject content)
    {
        _path = path;
        _content = content;
    }

    public string FullPath => _path;

    /// <summary>Whether patients' data may leave the network, and why: <c>dataMayLeave</c> and <c>dataMayLeaveReason</c>, which no option sets.</summary>
    public DataPolicy Data => new()
    {
        DataMayLeave = _content[MayLeave]?.GetValueKind() == JsonValueKind.True,
        Reason = _content[MayLeaveReason] is JsonValue reason && reason.GetValueKind() == JsonValueKind.String ? reason.ToString() : null,
    };

    /// <summary>Reads a settings file; comments and trailing commas are allowed.</summary>
    public static SettingsFile Read(string path)
    {
        try
        {
            var node = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return node is JsonObject content
                ? new SettingsFile(path, content)
                : throw new EhrR1Exception("The settings file holds no JSON object", path, "Write names of options and their values between braces");
        }
        catch (JsonException e)
        {
            throw new EhrR1Exception($"The settings file is not valid JSON: {e.Message.TrimEnd('.')}", path, "Mend the file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception("The settings file cannot be read", path, "Name a file that is there with '--settings FILE'", e);
        }
    }

    /// <summary>The arguments that the file adds to a command: those options of it that the command line does not set.</summary>
    /// <exception cref="EhrR1Exception">The file names an option that no command has, or holds a value of the wrong kind.</exception>
    public IReadOnlyList<string> ArgumentsFor(Command command, ParseResult given, RootCommand root)
    {
        Check(root);
        var arguments = new List<string>();
        var own = _content[command.Name] as JsonObject;
        foreach (var option in command.Options)
        {
            var name = option.Name.TrimStart('-');
            if (given.GetResult(option) is { Implicit: false } || (own?[name] ?? _content[name]) is not { } value)
                continue;
            AddTo(arguments, option, value);
        }

        return arguments;
    }

    private void Check(RootCommand root)
    {
        var known = root.Subcommands.SelectMany(c => c.Options).Select(o => o.Name.TrimStart('-')).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in _content)
        {
            if (root.Subcommands.FirstOrDefault(c => c.Name == name) is { } command && value is JsonObject section)
            {
                var options = command.Options.Select(o => o.Name.TrimStart('-')).ToHashSet(StringComparer.Ordinal);
                foreach (var (inner, _) in section)
                {
                    if (!options.Contains(inner))
                        throw Unknown($"{name}.{inner}", options);
                }
            }
            else if (name is MayLeave or MayLeaveReason)
            {
                if (value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) && name == MayLeave || value?.GetValueKind() != JsonValueKind.String && name == MayLeaveReason)
                    throw new EhrR1Exception($"The settings file's '{name}' has a value of the wrong kind", _path, name == MayLeave ? "Write true or false" : "Write the reason as a text");
            }
            else if (!known.Contains(name))
            {
                throw Unknown(name, known);
            }
        }
    }

    private EhrR1Exception Unknown(string name, IEnumerable<string> known) =>
        new($"The settings file has '{name}', which is no option", _path, $"Use one of: {string.Join(", ", known.Where(k => k is not ("help" or "settings")).Order(StringComparer.Ordinal))}");

    private void AddTo(List<string> arguments, Option option, JsonNode value)
    {
        switch (value)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    if (item is JsonValue)
                        arguments.AddRange([option.Name, item.ToString()]);
                }

                break;
            case JsonValue when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False && option.ValueType == typeof(bool):
                arguments.AddRange([option.Name, value.ToString()]);
                break;
            case JsonValue:
                arguments.AddRange([option.Name, value.ToString()]);
                break;
            default:
                throw new EhrR1Exception($"The settings file's '{option.Name.TrimStart('-')}' has a value of the wrong kind", _path, "Write a text, a number, true or false, or a list of texts");
        }
    }
}
