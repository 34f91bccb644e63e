namespace EhrR1.Cli;

/// <summary>The exit codes of every command.</summary>
public static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>An error of the program itself.</summary>
    public const int Internal = 1;

    /// <summary>An error that the user can mend: a wrong option, a missing file, a full disk.</summary>
    public const int User = 2;

    /// <summary>Done in part; what was left is listed.</summary>
    public const int Partial = 3;

    /// <summary>Stopped by Ctrl-C or a request to end.</summary>
    public const int Cancelled = 130;
}
