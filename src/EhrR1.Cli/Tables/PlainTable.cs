using Spectre.Console;
using Spectre.Console.Rendering;

namespace EhrR1.Cli;

/// <summary>A table of text for people: columns as wide as they need, numbers to the right, nothing but letters and lines.</summary>
internal sealed class PlainTable
{
    private readonly Table _table = new Table().Border(TableBorder.Simple);

    /// <summary>Makes a table.</summary>
    /// <param name="columns">The columns' titles; one that begins with <c>&gt;</c> holds numbers.</param>
    public PlainTable(params ReadOnlySpan<string> columns)
    {
        foreach (var title in columns)
        {
            var column = new TableColumn(new Text(title.TrimStart('>'))) { NoWrap = true };
            _table.AddColumn(title.StartsWith('>') ? column.RightAligned() : column);
        }
    }

    public void Add(params ReadOnlySpan<string> cells)
    {
        var row = new List<IRenderable>();
        foreach (var cell in cells)
            row.Add(new Text(cell));
        _table.AddRow(row);
    }

    /// <summary>Writes the table without trailing blanks.</summary>
    public void Write(TextWriter to)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 400;
        console.Profile.Capabilities.Unicode = false;
        console.Write(_table);
        foreach (var line in text.ToString().Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0))
            to.WriteLine(line);
    }
}
