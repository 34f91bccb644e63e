using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>The tasks of one family: bars with intervals, and the numbers.</summary>
internal static class TaskSection
{
    private const int FewPatients = 10;

    public static void Write(HtmlText html, EvaluationReport report, TaskKind kind)
    {
        var isRisk = kind == TaskKind.Risk;
        var tasks = report.Runs.SelectMany(r => r.Scores.Tasks).Where(t => t.Kind == kind).Select(t => t.Task).Distinct(StringComparer.Ordinal).ToArray();
        if (tasks.Length == 0)
            return;
        ReportPage.Section(
            html, isRisk ? "risk" : "decision", isRisk ? "Risk predictions by task" : "Decisions by task",
            isRisk
                ? "AUROC; bars start at chance (0.5). The prevalence is the share of yes: in the benchmark, and in the hospital, to which AUPRC, Brier score and calibration error are weighted, since balanced samples flatter them."
                : "Mean F1 of the answered set of items: what would be ordered, given, measured or coded next. \"Not bare\" counts answers that are more than the items, one a line, and \"strict\" scores them as the published scorer reads them. Discharge notes are scored by ROUGE-1, shared words with stemming.");
        ScoreLegend.Write(html, report);
        html.Open("div", "class", "scroll").Open("table", "class", "tasks sortable").Open("thead").Open("tr");
        html.Element("th", "Task", "scope", "col").Element("th", "Samples", "scope", "col", "class", "number");
        if (isRisk)
            html.Element("th", "Yes here", "scope", "col", "class", "number").Element("th", "Yes in the hospital", "scope", "col", "class", "number");
        html.Open("th", "class", "plot").Element("span", isRisk ? "AUROC" : "F1", "class", "visually-hidden");
        ScoreBars.Scale(html, isRisk ? 0.5 : 0);
        html.Close();
        foreach (var run in report.Runs)
            html.Element("th", run.Name, "scope", "col", "class", "number");
        html.Close().Close().Open("tbody").Raw("\n");
        foreach (var task in tasks)
            Row(html, report, task, isRisk);
        html.Close().Close().Close();
        if (report.Runs.SelectMany(r => r.Scores.Tasks).Any(t => t.Kind == kind && t.Patients < FewPatients))
            html.Element("p", "Pale rows hold fewer than ten patients: neither score nor interval says much.", "class", "note");
        if (isRisk)
            Detail(html, report, tasks);
        else
            Notes(html, report);
        html.Close();
    }

    private static void Row(HtmlText html, EvaluationReport report, string task, bool isRisk)
    {
        var scores = report.Runs.Select(r => r.Scores.Task(task)).ToArray();
        var known = scores.First(s => s is not null)!;
        html.Open("tr", "class", known.Patients < FewPatients ? "few" : null).Open("th", "scope", "row").Text(task);
        if (known.Extra)
            html.Element("span", known.Headline?.Metric == "rouge1" || scores.Any(s => s?.Headline?.Metric == "rouge1") ? "extra, ROUGE-1" : "extra", "class", "tag");
        html.Close().Open("td", "class", "number").Text(Shown.Count(known.Samples)).Element("small", known.Patients == 1 ? "1 patient" : $"{Shown.Count(known.Patients)} patients").Close();
        if (isRisk)
            html.Element("td", Shown.Percent(known.Prevalence), "class", "number").Element("td", Shown.Percent(known.NaturalPrevalence), "class", "number");
        html.Open("td", "class", "plot");
        ScoreBars.Draw(html, $"{(isRisk ? "AUROC" : "F1")} of {task}", [.. scores.Select((s, i) => (i % 8, s?.Headline))], isRisk ? 0.5 : 0);
        html.Close();
        foreach (var score in scores)
        {
            html.Open("td", "class", "number").Element("b", Shown.Number(score?.Headline?.Value)).Element("small", score is { Attempted: false } ? "declined" : Shown.Interval(score?.Headline));
            if (score is { Attempted: true, Unanswered: > 0 })
                html.Element("small", $"{Shown.Count(score.Unanswered)} unanswered{(score.ManyUnanswered ? ", over 5 %" : "")}", "class", "bad");
            if (score is { FormatFailures: > 0, Kind: TaskKind.Decision })
                html.Element("small", $"{Shown.Count(score.FormatFailures)} not bare, strict {Shown.Number(score.Strict?.Value)}");
            html.Close();
        }

        html.CloseLine();
    }

    private static void Detail(HtmlText html, EvaluationReport report, string[] tasks)
    {
        html.Element("h3", "Probabilities: sharpness and calibration").Open("p", "class", "about")
            .Text("At the hospital's prevalence where it is known, else as drawn. Brier score and calibration error (ECE): smaller is better. AUPRC: chance is the prevalence.").Close();
        html.Open("div", "class", "scroll").Open("table", "class", "tasks sortable").Open("thead").Open("tr").Element("th", "Task", "scope", "col").Element("th", "Model", "scope", "col");
        foreach (var name in new[] { "AUROC", "AUPRC", "Brier", "ECE", "AUPRC as drawn", "Brier as drawn", "ECE as drawn" })
            html.Element("th", name, "scope", "col", "class", "number");
        html.Close().Close().Open("tbody").Raw("\n");
        foreach (var task in tasks)
        {
            for (var i = 0; i < report.Runs.Count; i++)
            {
                if (report.Runs[i].Scores.Task(task) is not { Scores.Count: > 3 } scores)
                    continue;
                html.Open("tr").Element("th", task, "scope", "row").Open("td").Element("span", "", "class", $"dot m{i % 8}").Text(report.Runs[i].Name).Close();
                Number(html, scores.Headline);
                for (var m = 0; m < 3; m++)
                    Number(html, scores.NaturalScores.Count > m ? scores.NaturalScores[m] : scores.Scores[m + 1]);
                for (var m = 1; m < 4; m++)
                    Number(html, scores.Scores[m]);
                html.CloseLine();
            }
        }

        html.Close().Close().Close();
    }

    private static void Notes(HtmlText html, EvaluationReport report)
    {
        foreach (var run in report.Runs)
        {
            var declined = run.Scores.Tasks.Where(t => !t.Attempted).Select(t => t.Task).ToArray();
            if (declined.Length > 0)
                html.Element("p", $"{run.Name} declines, and is not scored on: {string.Join(", ", declined)}.", "class", "note");
        }

        var echoes = report.Runs.SelectMany(r => r.Scores.Tasks.Where(t => t.WithoutEcho is not null).Select(t => (r.Name, Task: t))).ToArray();
        if (echoes.Length > 0)
        {
            html.Element("p", "Without echoes (samples whose answer another event had named within the hour before): " + string.Join("; ", echoes.Select(
                e => $"{e.Task.Task}, {e.Name} {Shown.Number(e.Task.WithoutEcho!.Value)} instead of {Shown.Number(e.Task.Headline?.Value)} ({Shown.Percent(e.Task.EchoShare)} are echoes)")) + ".", "class", "note");
        }
    }

    private static void Number(HtmlText html, Score? score)
        => html.Open("td", "class", "number").Text(Shown.Number(score?.Value)).Element("small", Shown.Interval(score)).Close();
}
