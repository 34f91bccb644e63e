using System.CommandLine;
using System.CommandLine.Invocation;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>Prints the program's name and version, as manifests record them.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.Write(Workspace.ProgramVersion + "\n");
        return ExitCode.Done;
    }
}
