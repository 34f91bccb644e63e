namespace EhrR1.Evaluation;

/// <summary>A small plot of net benefit by threshold probability; the vertical axis fits the task's prevalence.</summary>
internal static class DecisionCurvePlot
{
    private const double Size = 200, Left = 48, Bottom = 34, Top = 9;

    /// <summary>Draws the curves of the models, acting on everyone (grey) and on no one (dashed, at 0).</summary>
    public static void Draw(HtmlText html, string label, IReadOnlyList<(int Colour, IReadOnlyList<DecisionCurvePoint> Points)> curves)
    {
        var all = curves.SelectMany(c => c.Points).ToArray();
        var top = Math.Max(0.01, all.Max(p => Math.Max(p.Model, p.TreatAll)));
        var (low, high) = (-0.3 * top, 1.1 * top);

        // For a rare outcome one acts at small probabilities, and nothing is to be seen beyond.
        var right = new[] { 0.1, 0.25, 0.5 }.FirstOrDefault(r => r >= 3 * top, 1);
        double X(double value) => Left + (value / right * Size);
        double Y(double value) => Top + ((high - Math.Clamp(value, low, high)) / (high - low) * Size);
        html.Open("svg", "class", "curve", "viewBox", $"0 0 {Size + Left + 8} {Size + Top + Bottom}", "role", "img", "aria-label", label);
        for (var i = 0; i <= 4; i++)
        {
            var at = right * i / 4;
            Line(html, "grid", X(at), Y(low), X(at), Y(high));
            if (i % 2 == 0)
                html.Element("text", Label(at, 3), "x", HtmlText.At(X(at)), "y", HtmlText.At(Size + Top + 14), "text-anchor", "middle");
        }

        foreach (var value in new[] { 0, top / 2, top })
        {
            Line(html, "grid", X(0), Y(value), X(right), Y(value));
            html.Element("text", Label(value, top < 0.095 ? 3 : 2), "x", HtmlText.At(Left - 5), "y", HtmlText.At(Y(value) + 4), "text-anchor", "end");
        }

        Line(html, "diagonal", X(0), Y(0), X(right), Y(0));
        Curve(html, "m9", curves.First(c => c.Points.Count > 0).Points, p => p.TreatAll);
        foreach (var (colour, points) in curves.Where(c => c.Points.Count > 0))
            Curve(html, $"m{colour}", points, p => p.Model);
        html.Element("text", "threshold probability", "class", "axis", "x", HtmlText.At(X(right / 2)), "y", HtmlText.At(Size + Top + 29), "text-anchor", "middle");
        html.Element("text", "net benefit", "class", "axis", "text-anchor", "middle", "transform", $"translate(10 {HtmlText.At(Top + (Size / 2))}) rotate(-90)");
        html.Close();

        // A curve ends where it leaves the plot: far below 0 nobody would act on it.
        void Curve(HtmlText to, string colour, IReadOnlyList<DecisionCurvePoint> points, Func<DecisionCurvePoint, double> value)
        {
            DecisionCurvePoint[] inside = [.. points.Where(p => p.Threshold <= right + 1e-9)];
            var shown = inside.TakeWhile(p => value(p) >= low).Concat(inside.SkipWhile(p => value(p) >= low).Take(1));
            to.Empty("polyline", "class", colour, "points", string.Join(' ', shown.Select(p => $"{HtmlText.At(X(p.Threshold))},{HtmlText.At(Y(value(p)))}")));
        }
    }

    private static string Label(double value, int decimals) => value == 0 ? "0" : Shown.Number(value, decimals).TrimStart('0').TrimEnd('0').TrimEnd('.') is { Length: > 0 } text ? text : "1";

    private static void Line(HtmlText html, string kind, double x1, double y1, double x2, double y2)
        => html.Empty("line", "class", kind, "x1", HtmlText.At(x1), "y1", HtmlText.At(y1), "x2", HtmlText.At(x2), "y2", HtmlText.At(y2));
}
