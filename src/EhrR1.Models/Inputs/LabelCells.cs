using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Takes the single labels out of a cell's text.</summary>
internal static class LabelCells
{
    /// <summary>Adds the labels that a cell shows: one, or those of a Python list of strings.</summary>
    public static void AddTo(List<string> labels, EventField field, ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (field.Kind != FieldKind.Labels || cell is not ['[', .., ']'])
        {
            if (cell.Length > 0)
                labels.Add(cell.ToString());
            return;
        }

        // Python quotes with ' unless the text holds one and no ", and escapes with a backslash.
        for (var i = 1; i < cell.Length - 1; i++)
        {
            if (cell[i] is not ('\'' or '"'))
                continue;
            var quote = cell[i++];
            var label = new System.Text.StringBuilder();
            for (; i < cell.Length - 1 && cell[i] != quote; i++)
            {
                if (cell[i] == '\\')
                    i++;
                label.Append(cell[i]);
            }

            if (label.Length > 0)
                labels.Add(label.ToString());
        }
    }
}
