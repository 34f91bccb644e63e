namespace EhrR1.Evaluation;

/// <summary>Which colour is which run.</summary>
internal static class ScoreLegend
{
    public static void Write(HtmlText html, EvaluationReport report)
    {
        html.Open("p", "class", "legend");
        for (var i = 0; i < report.Runs.Count; i++)
            html.Open("span").Element("span", "", "class", $"dot m{i % 8}").Text(report.Runs[i].Name).Close();
        html.CloseLine();
    }
}
