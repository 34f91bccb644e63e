namespace EhrR1.Evaluation;

/// <summary>Bars with intervals as an inline SVG that stretches with its table cell; the numbers stand in the cells beside it.</summary>
internal static class ScoreBars
{
    private const double Width = 1000;

    /// <summary>Draws one bar a score.</summary>
    /// <param name="html">The page.</param>
    /// <param name="label">What a screen reader says.</param>
    /// <param name="bars">The colour's number and the score; an undefined score leaves its place empty.</param>
    /// <param name="from">The value at the left edge.</param>
    /// <param name="mark">A value to mark in all rows, such as chance.</param>
    public static void Draw(HtmlText html, string label, IReadOnlyList<(int Colour, Score? Score)> bars, double from = 0, double? mark = null)
    {
        var pitch = bars.Count > 4 ? 8 : 11;
        var height = (bars.Count * pitch) + 6;
        html.Open("svg", "class", "bars", "viewBox", $"0 0 {Width} {height}", "preserveAspectRatio", "none", "style", $"height:{height}px", "role", "img", "aria-label", label);
        for (var line = 1; line < 4; line++)
            Line(html, "grid", Width * line / 4, 0, height);
        if (mark is { } marked)
            Line(html, "mark", X(marked, from), 0, height);
        for (var i = 0; i < bars.Count; i++)
        {
            var (colour, score) = bars[i];
            if (score?.Value is not { } value)
                continue;
            var top = 3 + (i * pitch);
            var middle = HtmlText.At(top + ((pitch - 2) / 2.0));
            html.Empty("rect", "class", $"m{colour}", "x", "0", "y", $"{top}", "width", HtmlText.At(X(value, from)), "height", $"{pitch - 2}");
            if (score is { Low: { } low, High: { } high })
                html.Empty("line", "class", "whisker", "x1", HtmlText.At(X(low, from)), "x2", HtmlText.At(X(high, from)), "y1", middle, "y2", middle);
        }

        html.Close();
    }

    /// <summary>The scale above a column of bars.</summary>
    public static void Scale(HtmlText html, double from, double to = 1)
    {
        html.Open("span", "class", "scale");
        for (var i = 0; i <= 4; i++)
            html.Element("span", Shown.Number(from + ((to - from) * i / 4), from == 0 ? 2 : 3).TrimEnd('0').TrimEnd('.'));
        html.Close();
    }

    private static double X(double value, double from) => Math.Clamp((value - from) / (1 - from), 0, 1) * Width;

    private static void Line(HtmlText html, string kind, double x, double y1, double y2)
        => html.Empty("line", "class", kind, "x1", HtmlText.At(x), "x2", HtmlText.At(x), "y1", HtmlText.At(y1), "y2", HtmlText.At(y2));
}
