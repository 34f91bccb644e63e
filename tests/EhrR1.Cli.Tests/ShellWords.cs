using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace EhrR1.Cli.Tests;

/// <summary>Command lines as a shell would hand them over.</summary>
internal static partial class ShellWords
{
    /// <summary>The arguments of a line, without the program's name, redirections and remarks; names in angle brackets stand for a value.</summary>
    public static string[] Of(string line)
    {
        var words = CommandLineParser.SplitCommandLine(Placeholder().Replace(line, "value")).Skip(1);
        return [.. words.TakeWhile(w => w is not (">" or ">>" or "|" or "#" or "&&"))];
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
