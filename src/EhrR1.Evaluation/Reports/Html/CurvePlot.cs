namespace EhrR1.Evaluation;

/// <summary>A small square plot of curves from 0 to 1 on both axes.</summary>
internal static class CurvePlot
{
    private const double Size = 200, Left = 32, Bottom = 34, Top = 9;

    /// <summary>Draws the curves.</summary>
    /// <param name="html">The page.</param>
    /// <param name="label">What a screen reader says.</param>
    /// <param name="x">The horizontal axis' name.</param>
    /// <param name="y">The vertical axis' name.</param>
    /// <param name="curves">The colour's number and the points; points with samples are drawn as dots, the larger the more.</param>
    public static void Draw(HtmlText html, string label, string x, string y, IReadOnlyList<(int Colour, IReadOnlyList<CurvePoint> Points)> curves)
    {
        html.Open("svg", "class", "curve", "viewBox", $"0 0 {Size + Left + 8} {Size + Top + Bottom}", "role", "img", "aria-label", label);
        for (var i = 0; i <= 4; i++)
        {
            var (at, name) = (i / 4.0, i switch { 0 => "0", 2 => ".5", 4 => "1", _ => null });
            Line(html, "grid", at, 0, at, 1);
            Line(html, "grid", 0, at, 1, at);
            if (name is null)
                continue;
            html.Element("text", name, "x", HtmlText.At(X(at)), "y", HtmlText.At(Size + Top + 14), "text-anchor", "middle");
            html.Element("text", name, "x", HtmlText.At(Left - 5), "y", HtmlText.At(Y(at) + 4), "text-anchor", "end");
        }

        Line(html, "diagonal", 0, 0, 1, 1);
        foreach (var (colour, points) in curves.Where(c => c.Points.Count > 0))
        {
            html.Empty("polyline", "class", $"m{colour}", "points", string.Join(' ', points.Select(p => $"{HtmlText.At(X(p.X))},{HtmlText.At(Y(p.Y))}")));
            foreach (var point in points.Where(p => p.Samples is not null))
                html.Empty("circle", "class", $"m{colour}", "cx", HtmlText.At(X(point.X)), "cy", HtmlText.At(Y(point.Y)), "r", HtmlText.At(Math.Clamp(Math.Sqrt(point.Samples!.Value) / 2, 2.5, 8)));
        }

        html.Element("text", x, "class", "axis", "x", HtmlText.At(X(0.5)), "y", HtmlText.At(Size + Top + 29), "text-anchor", "middle");
        html.Element("text", y, "class", "axis", "text-anchor", "middle", "transform", $"translate(9 {HtmlText.At(Y(0.5))}) rotate(-90)");
        html.Close();
    }

    private static double X(double value) => Left + (value * Size);

    private static double Y(double value) => Top + ((1 - value) * Size);

    private static void Line(HtmlText html, string kind, double x1, double y1, double x2, double y2)
        => html.Empty("line", "class", kind, "x1", HtmlText.At(X(x1)), "y1", HtmlText.At(Y(y1)), "x2", HtmlText.At(X(x2)), "y2", HtmlText.At(Y(y2)));
}
