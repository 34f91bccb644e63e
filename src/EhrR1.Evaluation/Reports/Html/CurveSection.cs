using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>ROC curves and reliability diagrams of the risk tasks, side by side and small.</summary>
internal static class CurveSection
{
    /// <summary>The tasks that have curves; without any there is no section.</summary>
    public static string[] TasksOf(EvaluationReport report)
        => [.. report.Runs.SelectMany(r => r.Scores.Tasks).Where(t => t.Kind == TaskKind.Risk && t.Roc.Count > 0).Select(t => t.Task).Distinct(StringComparer.Ordinal)];

    public static void Write(HtmlText html, EvaluationReport report)
    {
        var tasks = TasksOf(report);
        if (tasks.Length == 0)
            return;
        ReportPage.Section(html, "curves", "Curves", "ROC: how many of those to whom it happens are found, against how many others are alarmed; the dashed diagonal is chance. Reliability, at the hospital's prevalence where it is known: of those given a probability, to how many it happens; on the diagonal a probability means what it says. Larger dots hold more samples.");
        ScoreLegend.Write(html, report);
        Grid(html, report, tasks, "ROC curves", "false positive rate", "true positive rate", t => t.Roc);
        Grid(html, report, tasks, "Reliability", "predicted probability", "observed share", t => t.Reliability);
        DecisionCurves(html, report, tasks);
        html.Close();
    }

    private static void DecisionCurves(HtmlText html, EvaluationReport report, string[] tasks)
    {
        html.Element("h3", "Decision curves").Element("p", "What acting on the model is worth, if one acts from some probability on: true positives a sample, less the false ones at the odds of that threshold. Grey is acting on everyone, the dashed line on no one; a model is of use where it lies above both. At the hospital's prevalence where it is known.", "class", "about");
        html.Open("div", "class", "multiples").Raw("\n");
        foreach (var task in tasks.Where(t => report.Runs.Any(r => r.Scores.Task(t)?.DecisionCurve.Count > 0)))
        {
            html.Open("figure").Element("figcaption", task);
            DecisionCurvePlot.Draw(html, $"Decision curves of {task}", [.. report.Runs.Select((r, i) => (i % 8, r.Scores.Task(task)?.DecisionCurve ?? []))]);
            html.CloseLine();
        }

        html.Close();
    }

    private static void Grid(HtmlText html, EvaluationReport report, string[] tasks, string title, string x, string y, Func<TaskScores, IReadOnlyList<CurvePoint>> points)
    {
        html.Element("h3", title).Open("div", "class", "multiples").Raw("\n");
        foreach (var task in tasks)
        {
            html.Open("figure").Element("figcaption", task);
            CurvePlot.Draw(html, $"{title} of {task}", x, y, [.. report.Runs.Select((r, i) => (i % 8, r.Scores.Task(task) is { } t ? points(t) : []))]);
            html.CloseLine();
        }

        html.Close();
    }
}
