namespace EhrR1.Knowledge;

/// <summary>Reads the tables of our own that the assembly holds: fields between tabs, lines that begin with # are for people.</summary>
internal static class EmbeddedTables
{
    /// <summary>The rows of a table.</summary>
    /// <param name="name">The table's file name.</param>
    /// <param name="fields">How many fields each row has.</param>
    /// <exception cref="InvalidDataException">A row has another number of fields.</exception>
    public static IEnumerable<string[]> Rows(string name, int fields)
    {
        int number = 0;
        foreach (var line in Lines(name))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            var row = line.Split('\t');
            if (row.Length != fields)
                throw new InvalidDataException($"{name}, line {number}: the row has {row.Length} fields instead of {fields}.");
            yield return row;
        }
    }

    /// <summary>The lines of a file.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>Opens a file.</summary>
    public static Stream Open(string name) => typeof(EmbeddedTables).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The assembly holds no {name}.");
}
