using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>The items of one event in an input, by the names under which a chain may quote them.</summary>
/// <remarks>Read once, when a chain first cites the event; then safe for any number of threads.</remarks>
internal sealed class InputBlock
{
    private static readonly HashSet<string> _units = [.. ChainRules.BuiltIn.UnitFields];
    private static readonly HashSet<string> _references = [.. ChainRules.BuiltIn.ReferenceFields];
    private static readonly HashSet<string> _flags = [.. ChainRules.BuiltIn.FlagFields];
    private static readonly HashSet<string> _plain = [.. ChainRules.BuiltIn.PlainFields];

    private readonly string _input;
    private readonly List<(string Name, InputRow Row)> _names = [];

    public InputBlock(string input, InputEvent source)
    {
        _input = input;
        Event = source;
        if (source.Body.Length > 0 && input[source.Body.Start] == '|')
            ReadTable();
        else
            ReadLines();
        // Longer names first, so that "Glucose, Urine" is not taken for "Glucose".
        _names.Sort((a, b) => a.Name.Length != b.Name.Length ? b.Name.Length.CompareTo(a.Name.Length) : string.CompareOrdinal(a.Name, b.Name));
        FirstWords = [.. _names.Select(n => ChainWord.FirstHash(n.Name))];
    }

    public InputEvent Event { get; }

    /// <summary>The names, the longest first; several rows may share one.</summary>
    public IReadOnlyList<(string Name, InputRow Row)> Names => _names;

    /// <summary>The hash of each name's first word; 0 for a name without one.</summary>
    public IReadOnlyList<ulong> FirstWords { get; }

    private void ReadTable()
    {
        var columns = new List<EventField?>();
        int line = 0;
        foreach (var range in Lines())
        {
            line++;
            if (line == 2)
                continue;
            var cells = Cells(range);
            if (line == 1)
            {
                foreach (var cell in cells)
                    columns.Add(FieldOf(cell.Of(_input)));
                continue;
            }

            var row = new InputRow();
            var names = new List<TextSpan>();
            // A comment may hold the mark between cells: what is beyond the last column is left to the whole text.
            for (int i = 0; i < cells.Count && i < columns.Count; i++)
                ReadCell(columns[i], cells[i], row, names);
            AddRow(names, row);
        }
    }

    private void ReadLines()
    {
        var row = new InputRow();
        var names = new List<TextSpan>();
        foreach (var range in Lines())
        {
            var line = range.Of(_input);
            int colon = line.IndexOf(": ");
            if (colon < 2 || !line.StartsWith("- ") || FieldOf(line[2..colon]) is not { } field)
                continue;
            ReadCell(field, TextSpan.Trimmed(_input, range.Start + colon + 2, range.End), row, names);
        }

        AddRow(names, row);
    }

    private void ReadCell(EventField? field, TextSpan cell, InputRow row, List<TextSpan> names)
    {
        if (field is null || cell.Length == 0 || cell.Of(_input) is "nan" or "None")
            return;
        if (_units.Contains(field.Name))
        {
            row.Units.Add(cell);
        }
        else if (_references.Contains(field.Name))
        {
            AddNumbers(cell, row.References);
        }
        else if (!_flags.Contains(field.Name))
        {
            AddNumbers(cell, row.Values);
            if (field.Kind != FieldKind.Text || _plain.Contains(field.Name))
                AddKey(field, cell);
            else if (field.Kind == FieldKind.Text)
                names.Add(cell);
            if (field.Name == "prod_strength")
                AddWords(cell, row.Units);
        }

        if (field.Kind == FieldKind.Labels)
            AddLabels(cell, names);
    }

    /// <summary>A value under its field's own name, as in vital signs.</summary>
    private void AddKey(EventField field, TextSpan cell)
    {
        if (cell.Length > 60)
            return;
        var row = new InputRow { Implied = ChainRules.BuiltIn.ImpliedUnits.GetValueOrDefault(field.Name, []) };
        AddNumbers(cell, row.Values);
        if (row.Values.Count == 0 || field.Name is "valuenum" or "value" or "amount" or "rate" or "dose_val_rx" or "result_value" or "prod_strength" or "comments" or "event_txt")
            return;
        _names.Add((field.Key, row));
        foreach (var alias in ChainRules.BuiltIn.FieldAliases.GetValueOrDefault(field.Name, []))
            _names.Add((alias, row));
    }

    private void AddRow(List<TextSpan> names, InputRow row)
    {
        foreach (var name in names)
        {
            var text = name.Of(_input).ToString();
            if (text.Length > 200)
                continue;
            if (row.Implied.Length == 0)
                row.Implied = ChainRules.BuiltIn.ImpliedUnits.GetValueOrDefault(text.ToLowerInvariant(), []);
            _names.Add((text, row));
        }
    }

    private void AddLabels(TextSpan cell, List<TextSpan> names)
    {
        // ['CHEST (PA & LAT)', 'CT HEAD']: the texts between the quotes.
        int at = cell.Start;
        while (at < cell.End)
        {
            char quote = _input[at];
            int close = quote is '\'' or '"' ? _input.IndexOf(quote, at + 1, cell.End - at - 1) : -1;
            if (close > at + 1)
                names.Add(TextSpan.Between(at + 1, close));
            at = close < 0 ? at + 1 : close + 1;
        }
    }

    private void AddNumbers(TextSpan cell, List<double> to) => NumberWords.Add(_input, cell, to);

    private void AddWords(TextSpan cell, List<TextSpan> to)
    {
        foreach (var word in ChainWord.Read(cell.Of(_input), cell.Start))
        {
            if (!char.IsAsciiDigit(_input[word.Start]))
                to.Add(new TextSpan(word.Start, word.Length));
        }
    }

    private EventField? FieldOf(ReadOnlySpan<char> key)
    {
        foreach (var field in Event.Type.Fields)
        {
            if (key.SequenceEqual(field.Key))
                return field;
        }

        return null;
    }

    private List<TextSpan> Cells(TextSpan line)
    {
        var cells = new List<TextSpan>();
        int start = line.Start + 1;
        while (start < line.End)
        {
            int bar = _input.AsSpan(start, line.End - start).IndexOf('|');
            int end = bar < 0 ? line.End : start + bar;
            cells.Add(TextSpan.Trimmed(_input, start, end));
            start = end + 1;
        }

        return cells;
    }

    private IEnumerable<TextSpan> Lines()
    {
        for (int start = Event.Body.Start; start < Event.Body.End;)
        {
            int length = _input.AsSpan(start, Event.Body.End - start).IndexOf('\n');
            int end = length < 0 ? Event.Body.End : start + length;
            if (end > start)
                yield return TextSpan.Between(start, end);
            start = end + 1;
        }
    }
}
