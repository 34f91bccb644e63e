using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EhrR1.Cli;

/// <summary>The help of a command, with its examples at the end; the same width everywhere, so that docs can hold it.</summary>
internal sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
{
    private const int Width = 110;

    public override int Invoke(ParseResult parseResult)
    {
        inner.MaxWidth = Width;
        var text = new StringWriter { NewLine = "\n" };
        var output = parseResult.InvocationConfiguration.Output;
        parseResult.InvocationConfiguration.Output = text;
        inner.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        // Usage names the program by its file, which is another one under tests.
        foreach (var line in text.ToString().Replace(RootCommand.ExecutableName, "ehr-r1", StringComparison.Ordinal).TrimEnd().ReplaceLineEndings("\n").Split('\n'))
            output.Write(line.TrimEnd() + "\n");

        var examples = parseResult.CommandResult.Command is CliCommand command ? command.Examples : ["ehr-r1 demo", "ehr-r1 build --help"];
        output.Write(examples.Count == 1 ? "\nExample:\n" : "\nExamples:\n");
        foreach (var example in examples)
            output.Write($"  {example}\n");
        return ExitCode.Done;
    }
}
