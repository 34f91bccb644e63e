using System.CommandLine;

namespace EhrR1.Cli;

/// <summary>Options that the commands around the thinking graph share.</summary>
internal static class KnowledgeOptions
{
    public static Option<string?> Terminology() => new("--terminology")
    {
        Description = "The terminology, a file that 'terminology build' wrote. The default is the one used last in the workspace, and for a synthetic hospital its own knowledge.",
        HelpName = "FILE",
    };

    /// <summary>Makes the stages up to the concepts, with the settings on record.</summary>
    public static void NeedConcepts(CommandRun run, Charts.Workspace workspace, TerminologyChoice choice)
    {
        if (!ConceptStage.Run(run, workspace, choice, ConceptChoice.Recorded(workspace)))
            run.Say("The concepts of the charts were found with the settings on record.");
    }
}
