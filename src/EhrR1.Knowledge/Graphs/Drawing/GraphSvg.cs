using System.Globalization;
using System.Security;
using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Draws a thinking graph as SVG: a row for each fact, from its event on the left over the relations to the item of the answer on the right.</summary>
/// <remarks>Needs no font or script; the same graph gives the same bytes.</remarks>
public sealed class GraphSvg
{
    private const int Margin = 24;
    private const int LiftWidth = 64;
    private const int FactWidth = 250;
    private const int InnerWidth = 170;
    private const int TargetWidth = 210;
    private const int Gap = 118;
    private const int LineHeight = 15;
    private const int RowGap = 12;
    private const int BlockGap = 22;
    private const int HeadHeight = 74;

    private readonly StringBuilder _to = new();
    private readonly ThinkingGraph _graph;
    private readonly int _inner;
    private readonly int _rowsPerTarget;

    private GraphSvg(ThinkingGraph graph, int rowsPerTarget)
    {
        _graph = graph;
        _rowsPerTarget = rowsPerTarget;
        _inner = graph.Edges.Count == 0 ? 0 : graph.Edges.Max(e => InnerCount(e.Paths[0]));
    }

    private int TargetLeft => Margin + LiftWidth + FactWidth + (_inner * (Gap + InnerWidth)) + Gap;

    private int Width => TargetLeft + TargetWidth + Margin;

    /// <summary>Draws the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rowsPerTarget">How many facts of an item are drawn at most; how many more there are is said.</param>
    public static string Write(ThinkingGraph graph, int rowsPerTarget = 12)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new GraphSvg(graph, rowsPerTarget).Draw();
    }

    private static int InnerCount(IReadOnlyList<string> path) => Math.Max(0, (path.Count - 3) / 2);

    private string Draw()
    {
        int y = HeadHeight;
        for (int i = 0; i < _graph.Targets.Count; i++)
            y = DrawTarget(i, y) + BlockGap;
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{y}\" viewBox=\"0 0 {Width} {y}\" font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"Thinking graph of {Escape(_graph.Id)}\">\n");
        head.Append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#667\"/></marker></defs>\n");
        head.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{y}\" fill=\"#ffffff\"/>\n");
        head.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"28\" font-size=\"15\" font-weight=\"bold\" fill=\"#223\">{Escape(_graph.Task)}</text>\n");
        head.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"47\" fill=\"#556\">patient {_graph.SubjectId}, asked at {_graph.PredictionTime:yyyy-MM-dd HH:mm:ss}, {Escape(_graph.Id)}</text>\n");
        head.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"66\" font-size=\"11\" fill=\"#778\">Lift</text><text x=\"{Margin + LiftWidth}\" y=\"66\" font-size=\"11\" fill=\"#778\">Fact of the record and its event</text><text x=\"{TargetLeft}\" y=\"66\" font-size=\"11\" fill=\"#778\">Answer</text>\n");
        return head.Append(_to).Append("</svg>\n").ToString();
    }

    private int DrawTarget(int target, int top)
    {
        var edges = _graph.Edges.Where(e => e.Target == target).ToList();
        var ends = new List<(int X, int Y, string Relation)>();
        int y = top;
        foreach (var edge in edges.Take(_rowsPerTarget))
        {
            int height = HeightOf(edge);
            ends.Add(DrawPath(edge, y, height));
            y += height + RowGap;
        }

        int bottom = y - RowGap;
        if (edges.Count > _rowsPerTarget)
        {
            _to.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin + LiftWidth}\" y=\"{y + 6}\" fill=\"#778\">… and {edges.Count - _rowsPerTarget} more facts</text>\n");
            y += LineHeight + RowGap;
        }

        var label = SvgLines.Break(_graph.Targets[target].Term, 26);
        int boxHeight = Math.Max(bottom - top, (label.Count * LineHeight) + 16);
        Box(TargetLeft, top, TargetWidth, boxHeight, "#fdf1e3", "#b5651d", 3, [.. label.Select(l => (l, true))]);
        foreach (var (x, rowY, relation) in ends)
            Arrow(x, TargetLeft, rowY, relation);
        return Math.Max(y - RowGap, top + boxHeight);
    }

    private int HeightOf(GraphEdge edge)
    {
        int lines = FactLines(_graph.Facts[edge.Fact]).Count;
        for (int i = 2; i < edge.Paths[0].Count - 1; i += 2)
            lines = Math.Max(lines, SvgLines.Break(edge.Paths[0][i], 22).Count);
        return (lines * LineHeight) + 12;
    }

    /// <summary>Draws a row but for its last arrow.</summary>
    private (int X, int Y, string Relation) DrawPath(GraphEdge edge, int y, int height)
    {
        int middle = y + (height / 2), x = Margin + LiftWidth;
        _to.Append(CultureInfo.InvariantCulture, $"<text x=\"{x - 12}\" y=\"{middle + 4}\" text-anchor=\"end\" fill=\"#3b6ea5\">{edge.Lift:0.0} ×</text>\n");
        Box(x, y, FactWidth, height, "#eef4fb", "#3b6ea5", 3, FactLines(_graph.Facts[edge.Fact]));
        x += FactWidth;
        var path = edge.Paths[0];
        if (path.Count == 1)
            return (x, middle, GraphText.SameConcept);
        for (int i = 1; i + 2 < path.Count; i += 2)
        {
            Arrow(x, x + Gap, middle, path[i]);
            Box(x + Gap, y, InnerWidth, height, "#f7f7f4", "#99998c", 10, [.. SvgLines.Break(path[i + 1], 22).Select(l => (l, false))]);
            x += Gap + InnerWidth;
        }

        return (x, middle, path[^2]);
    }

    private static List<(string Text, bool IsBold)> FactLines(GraphFact fact) =>
        [.. SvgLines.Break(fact.Term, 31).Select(l => (l, true)), .. SvgLines.Break(GraphText.EventOf(fact), 36).Select(l => (l, false))];

    private void Box(int x, int y, int width, int height, string fill, string stroke, int radius, IReadOnlyList<(string Text, bool IsBold)> lines)
    {
        _to.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"{stroke}\"/>\n");
        int first = y + (height / 2) - (lines.Count * LineHeight / 2) + 11;
        for (int i = 0; i < lines.Count; i++)
            _to.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (width / 2)}\" y=\"{first + (i * LineHeight)}\" text-anchor=\"middle\" fill=\"{(lines[i].IsBold ? "#223" : "#556")}\" font-size=\"{(lines[i].IsBold ? 12 : 10)}\">{Escape(lines[i].Text)}</text>\n");
    }

    private void Arrow(int from, int to, int y, string relation)
    {
        _to.Append(CultureInfo.InvariantCulture, $"<line x1=\"{from}\" y1=\"{y}\" x2=\"{to - 1}\" y2=\"{y}\" stroke=\"#667\" marker-end=\"url(#arrow)\"/>\n");
        // The words stand by the arrow's start, where its row's box ends.
        var lines = SvgLines.Break(relation, 19);
        for (int i = 0; i < lines.Count; i++)
            _to.Append(CultureInfo.InvariantCulture, $"<text x=\"{from + (Gap / 2)}\" y=\"{y - 5 - ((lines.Count - 1 - i) * 11)}\" text-anchor=\"middle\" font-size=\"10\" fill=\"#445\">{Escape(lines[i])}</text>\n");
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
