using System.Text;

namespace EhrR1.Cli;

/// <summary>What the command line talks to: results go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <remarks>Not safe for several threads at once, but for <see cref="Error"/> through the progress display.</remarks>
public sealed class CliTerminal : IDisposable
{
    /// <summary>Makes a terminal over two writers, as tests use it: no colours, plain progress lines.</summary>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives messages and progress.</param>
    public CliTerminal(TextWriter output, TextWriter error)
    {
        Out = output;
        Error = error;
    }

    /// <summary>Where results go.</summary>
    public TextWriter Out { get; }

    /// <summary>Where messages, progress and errors go.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether results are read by a person at a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether messages are read by a person at a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether colours are wanted: not where <c>NO_COLOR</c> is set or the terminal is dumb.</summary>
    public bool Colours { get; init; }

    /// <summary>The width in characters.</summary>
    public int Width { get; init; } = 120;

    /// <summary>The folder against which relative paths are read. The default value is the process's.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads environment variables. The default reads the process's.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Opens standard input. The default is empty.</summary>
    public Func<Stream> Input { get; init; } = () => Stream.Null;

    /// <summary>The terminal of this process: UTF-8, results buffered.</summary>
    public static CliTerminal OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 16) { NewLine = "\n" };
        var error = new StreamWriter(Console.OpenStandardError(), utf8, 1 << 10) { NewLine = "\n", AutoFlush = true };
        var isOutTerminal = !Console.IsOutputRedirected;
        return new CliTerminal(output, error)
        {
            Input = Console.OpenStandardInput,
            IsOutTerminal = isOutTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = isOutTerminal ? WidthOfWindow() : 200,
        };
    }

    /// <summary>A path as the user wrote it, made whole.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);

    /// <summary>Writes out what is buffered; a reader that has gone away is no error.</summary>
    public void Dispose()
    {
        try
        {
            Out.Flush();
        }
        catch (IOException)
        {
            // The reader (a pager, `head`) has read all that it wanted.
        }
    }

    private static int WidthOfWindow()
    {
        try
        {
            return Math.Max(40, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 120;
        }
    }
}
