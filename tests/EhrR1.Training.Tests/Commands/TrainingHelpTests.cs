using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using EhrR1.Cli;
using EhrR1.Cli.Tests;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

public sealed partial class TrainingHelpTests
{
    public static TheoryData<string> Commands => [.. TrainingCommands.Create().Subcommands.Select(c => c.Name)];

    [Fact]
    public async Task TrainingCommandsPage_InDocs_IsTheHelpOfEveryCommand()
    {
        var page = new StringBuilder("# Training commands\n\nThis page is the program's own help, written by a test: it cannot differ from what the program says.\nThese commands are carried out by `ehr-r1-train`, the program with libtorch in it, which `ehr-r1` starts by itself. All others are [here](commands.md).\n");
        foreach (var command in TrainingCommands.Create().Subcommands)
        {
            var (code, output, error) = await TrainingRunner.RunAsync(Path.GetTempPath(), command.Name, "--help");
            (code, error).ShouldBe((ExitCode.Done, ""));
            page.Append("\n## ehr-r1 ").Append(command.Name).Append("\n\n```text\n").Append(output).Append("```\n");
        }

        Snapshot.ShouldMatch(page.ToString(), "../../../docs/training-commands.md");
    }

    [Theory, MemberData(nameof(Commands))]
    public void Descriptions_OfATrainingCommand_AreSentences(string name)
    {
        var command = TrainingCommands.Create().Subcommands.Single(c => c.Name == name);
        foreach (var symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command))
            (symbol.Description ?? "").ShouldMatch(@"^[A-Z].*[.\)]$", $"{name} {symbol.Name}");
    }

    [Theory, MemberData(nameof(Commands))]
    public void Examples_OfATrainingCommand_Parse(string name)
    {
        var root = TrainingCommands.Create();
        var command = (CliCommand)root.Subcommands.Single(c => c.Name == name);
        command.Examples.ShouldNotBeEmpty();
        foreach (var example in command.Examples)
        {
            example.ShouldStartWith($"ehr-r1 {name}");
            root.Parse(ShellWords.Of(example)).Errors.Select(e => e.Message).ShouldBeEmpty(example);
        }
    }

    // The main program takes any words behind these commands and hands them on.
    [Theory]
    [InlineData("README.md"), InlineData("docs/training.md"), InlineData("docs/training-on-a-cluster.md"), InlineData("docs/serving.md")]
    public void Page_EveryTrainingCommandInIt_Parses(string page)
    {
        var root = TrainingCommands.Create();
        var lines = CommandLine().Matches(File.ReadAllText(Repository.PathOf(page))).Select(m => m.Groups["command"].Value).ToList();
        lines.ShouldNotBeEmpty();
        foreach (var line in lines)
            root.Parse(ShellWords.Of(line)).Errors.Select(e => e.Message).ShouldBeEmpty(line);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Command_OfTheTrainingProgram_IsForwardedByTheMainOne(string name) =>
        CommandTree.Create().Subcommands.OfType<ForwardedCommand>().Select(c => c.Name).ShouldContain(name);

    // On a line of its own in a code block, or with its arguments within a sentence; with or without the launcher's "./".
    [GeneratedRegex(@"(^(\./)?|`(\./)?)(?<command>ehr-r1 (train|generate|serve|reward|plan) [^\n`…]+)($|`)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommandLine();
}
