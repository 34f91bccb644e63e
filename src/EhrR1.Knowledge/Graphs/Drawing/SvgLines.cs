namespace EhrR1.Knowledge;

/// <summary>Breaks text into lines for boxes of a drawing.</summary>
internal static class SvgLines
{
    private const int MostLines = 3;

    /// <summary>Breaks a text between words; what does not fit ends in "…".</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many characters fit on a line.</param>
    public static List<string> Break(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w.Chunk(width).Select(c => new string(c))))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        lines.Add(line);
        if (lines.Count <= MostLines)
            return lines;
        var last = lines[MostLines - 1];
        lines[MostLines - 1] = (last.Length < width ? last : last[..^1]) + "…";
        return lines[..MostLines];
    }
}
