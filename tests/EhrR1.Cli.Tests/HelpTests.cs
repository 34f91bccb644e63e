using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;

namespace EhrR1.Cli.Tests;

public sealed partial class HelpTests
{
    public static TheoryData<string> Commands => [.. CommandTree.Create().Subcommands.Select(c => c.Name)];

    [Fact]
    public async Task CommandsPage_InDocs_IsTheHelpOfEveryCommand()
    {
        var page = new StringBuilder("# Commands\n\nThis page is the program's own help, written by a test: it cannot differ from what the program says.\nThe commands train, generate, serve, reward and plan have [a page of their own](training-commands.md).\n");
        await AppendAsync(page, "ehr-r1", "--help");
        foreach (var command in CommandTree.Create().Subcommands.Where(c => c is not ForwardedCommand))
            await AppendAsync(page, $"ehr-r1 {command.Name}", command.Name, "--help");
        Snapshot.ShouldMatch(page.ToString(), "../../docs/commands.md");
    }

    [Theory, MemberData(nameof(Commands))]
    public void Descriptions_OfACommand_AreSentences(string name)
    {
        var command = CommandTree.Create().Subcommands.Single(c => c.Name == name);
        foreach (var symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command))
            (symbol.Description ?? "").ShouldMatch(@"^[A-Z].*[.\)]$", $"{name} {symbol.Name}");
    }

    [Theory, MemberData(nameof(Commands))]
    public void Examples_OfACommand_Parse(string name)
    {
        var root = CommandTree.Create();
        var command = (CliCommand)root.Subcommands.Single(c => c.Name == name);
        command.Examples.ShouldNotBeEmpty();
        foreach (var example in command.Examples)
        {
            example.ShouldStartWith($"ehr-r1 {name}");
            root.Parse(ShellWords.Of(example)).Errors.Select(e => e.Message).ShouldBeEmpty(example);
        }
    }

    [Fact]
    public void Readme_EveryCommandInIt_Parses()
    {
        var root = CommandTree.Create();
        var lines = ConsoleLine().Matches(File.ReadAllText(Repository.PathOf("README.md"))).Select(m => m.Groups["command"].Value).ToList();
        lines.ShouldNotBeEmpty();
        foreach (var line in lines)
            root.Parse(ShellWords.Of(line)).Errors.Select(e => e.Message).ShouldBeEmpty(line);
    }

    private static async Task AppendAsync(StringBuilder page, string title, params string[] arguments)
    {
        var ran = await Runner.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.Done);
        ran.Error.ShouldBeEmpty();
        page.Append("\n## ").Append(title).Append("\n\n```text\n").Append(ran.Out).Append("```\n");
    }

    // A command line of the README: in a code block, with or without the launcher's "./".
    [GeneratedRegex(@"^\s*(?:\$ )?(?:\./)?(?<command>ehr-r1 [^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex ConsoleLine();
}
