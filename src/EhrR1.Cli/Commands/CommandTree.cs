using System.CommandLine;
using System.CommandLine.Help;

namespace EhrR1.Cli;

/// <summary>All commands, in the order in which a user meets them.</summary>
internal static class CommandTree
{
    public static RootCommand Create() => Create("Turns a hospital's records into patient charts, clinical tasks, a benchmark and scored models. Everything stays on this machine.", Commands());

    /// <summary>Makes the tree of a program with some commands: this one's, or the training program's.</summary>
    public static RootCommand Create(string description, IEnumerable<CliCommand> commands)
    {
        var root = new RootCommand(description);
        foreach (var command in commands)
        {
            if (command is not (CompletionCommand or ForwardedCommand))
                command.Options.Add(command.Settings);
            root.Subcommands.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show what the command does, its options and an example.";
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        var version = root.Options.OfType<VersionOption>().Single();
        version.Description = "Show the program's version.";
        version.Action = new PrintVersion();
        return root;
    }

    private static CliCommand[] Commands() =>
    [
        new DemoCommand(), new BuildCommand(), new SynthCommand(), new ChartCommand(), new TasksCommand(), new SampleCommand(), new BenchCommand(),
        new EvalCommand(), new ScoreCommand(), new CompareCommand(), new ReportCommand(), new ExportCommand(), new TerminologyCommand(), new ConceptsCommand(), new LiftCommand(), new GraphCommand(), new InsCommand(), .. TrainingProgram.Commands(), new DeparturesCommand(), new DoctorCommand(), new CompletionCommand(),
    ];
}
