namespace EhrR1.Cli;

/// <summary>A command of the training program: listed in the help, carried out there.</summary>
internal sealed class ForwardedCommand : CliCommand
{
    public ForwardedCommand(string name, string description, string example)
        : base(name, description, example)
    {
        // The options are the other program's to know.
        TreatUnmatchedTokensAsErrors = false;
    }

    public override Task<int> RunAsync(CommandRun run) => throw new InvalidOperationException("The command is forwarded before it is parsed.");
}
