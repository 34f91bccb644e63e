namespace EhrR1.Cli;

/// <summary>Words as a user may paste them into a shell.</summary>
internal static class ShellText
{
    /// <summary>The word, in single quotes where a shell would take it apart.</summary>
    public static string Of(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\\' or ':' or '.' or '-' or '_' or '~')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
