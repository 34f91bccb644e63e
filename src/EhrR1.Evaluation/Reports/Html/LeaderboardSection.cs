using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>The headline of each run beside the published figures.</summary>
internal static class LeaderboardSection
{
    public static void Write(HtmlText html, EvaluationReport report)
    {
        ReportPage.Section(html, "leaderboard", "Leaderboard", "Macro means: every task weighs the same. Decisions: mean F1 of the answered set of items. Risks: area under the ROC curve, 0.5 is chance. Whiskers and small figures are 95 % intervals over patients.");
        html.Open("div", "class", "scroll").Open("table", "class", "board sortable").Open("thead").Open("tr");
        html.Element("th", "Model", "scope", "col").Element("th", "Decision F1", "scope", "col", "class", "number");
        html.Open("th", "class", "plot").Element("span", "F1", "class", "visually-hidden");
        ScoreBars.Scale(html, 0);
        html.Close().Element("th", "Risk AUROC", "scope", "col", "class", "number").Open("th", "class", "plot").Element("span", "AUROC", "class", "visually-hidden");
        ScoreBars.Scale(html, 0.5);
        html.Close().Element("th", "Against the best baseline", "scope", "col").Close().Close().Open("tbody").Raw("\n");
        foreach (var index in Enumerable.Range(0, report.Runs.Count).OrderByDescending(i => report.Runs[i].Scores.Mean("decision")?.Score.Value ?? -1))
            Row(html, report, index);
        foreach (var published in report.Published.OrderByDescending(p => p.DecisionF1))
            Published(html, published);
        html.Close().Close().Close();
        html.Element("p", "Published rows are the figures of the EHR-R1 paper (arXiv 2510.25628) on its own benchmark of MIMIC-IV patients. They were not measured here and not on these samples: they give the order of magnitude and nothing more.", "class", "note");
        if (report.Runs.Select(Asked).Distinct(StringComparer.Ordinal).Count() > 1)
            html.Element("p", "The runs were not asked the same samples, so their means cannot be held against each other: " + string.Join("; ", report.Runs.Select(r => $"{r.Name}: {Shown.Count(r.Manifest.Samples)} samples, {r.Scores.Tasks.Count} tasks")) + ".", "class", "note bad");
        var partial = report.Runs.SelectMany(r => r.Scores.Means.Where(m => m.Name is "decision" or "risk" && m.Tasks < m.Of).Select(m => $"{r.Name}: {m.Tasks} of {m.Of} {m.Name} tasks")).ToArray();
        if (partial.Length > 0)
            html.Element("p", "Not every mean is over all tasks, because a task has no samples here, only one outcome, or was declined: " + string.Join("; ", partial) + ".", "class", "note");
        var extra = report.Runs.Select(r => (r.Name, Mean: r.Scores.Mean("decision_with_extra"))).Where(r => r.Mean is not null)
            .Select(r => $"{r.Name} {Shown.Number(r.Mean!.Score.Value)} ({Shown.Interval(r.Mean.Score)}, {r.Mean.Tasks} tasks)").ToArray();
        if (extra.Length > 0)
            html.Element("p", "With the release's three extra decision tasks (pyxis, chartevents, next_event; 45 tasks in all) the decision mean is: " + string.Join("; ", extra) + ".", "class", "note");
        html.Close();
    }

    // A run is asked the first samples of each task, so the benchmark and the numbers tell which.
    private static string Asked(ReportRun run)
        => string.Join(' ', run.Manifest.Benchmark.Select(f => f.Sha256).Concat(run.Scores.Tasks.Select(t => $"{t.Task}:{t.Samples}")).Order(StringComparer.Ordinal));

    private static void Row(HtmlText html, EvaluationReport report, int index)
    {
        var run = report.Runs[index];
        var (decision, risk) = (run.Scores.Mean("decision"), run.Scores.Mean("risk"));
        html.Open("tr").Open("th", "scope", "row").Element("span", "", "class", $"dot m{index % 8}").Text(run.Name).Close();
        Number(html, decision?.Score, run.Scores.Mean("decision_strict")?.Score.Value is { } strict && strict != decision?.Score.Value ? $"strict {Shown.Number(strict)}" : null);
        Plot(html, $"Decision F1 of {run.Name}", index % 8, decision?.Score, 0);
        Number(html, risk?.Score, run.Scores.Tasks.Count(t => t is { Kind: TaskKind.Risk, ManyUnanswered: true }) is > 0 and var many ? $"over 5 % unanswered in {many}" : null);
        Plot(html, $"Risk AUROC of {run.Name}", index % 8, risk?.Score, 0.5);
        html.Open("td", "class", "against");
        foreach (var difference in report.Differences.Where(d => d.Run == run.Name))
        {
            var verdict = (difference.AdjustedPValue, difference.Difference.Value) switch { ( < 0.05, > 0) => "better", ( < 0.05, < 0) => "worse", _ => "no clear difference" };
            html.Open("div").Element("b", Shown.Signed(difference.Difference.Value)).Text($" {(difference.Mean == "risk" ? "AUROC" : "F1")} to {difference.Reference} (p {Shown.P(difference.AdjustedPValue)}): ")
                .Element("span", verdict, "class", verdict switch { "better" => "good", "worse" => "bad", _ => "muted" }).Close();
        }

        html.Close().CloseLine();
    }

    private static void Published(HtmlText html, PublishedScore published)
    {
        html.Open("tr", "class", "published").Open("th", "scope", "row").Text(published.Model).Element("span", "published, not measured here", "class", "tag", "title", "EHR-R1 paper, arXiv 2510.25628").Close();
        html.Element("td", Shown.Number(published.DecisionF1), "class", "number");
        Plot(html, $"Published decision F1 of {published.Model}", 9, new Score("f1", published.DecisionF1), 0);
        html.Element("td", Shown.Number(published.RiskAuroc), "class", "number");
        Plot(html, $"Published risk AUROC of {published.Model}", 9, new Score("auroc", published.RiskAuroc), 0.5);
        html.Element("td", "").CloseLine();
    }

    private static void Number(HtmlText html, Score? score, string? remark)
    {
        html.Open("td", "class", "number").Element("b", Shown.Number(score?.Value)).Element("small", Shown.Interval(score));
        if (remark is not null)
            html.Element("small", remark, "class", "bad");
        html.Close();
    }

    private static void Plot(HtmlText html, string label, int colour, Score? score, double from)
    {
        html.Open("td", "class", "plot");
        ScoreBars.Draw(html, label, [(colour, score)], from);
        html.Close();
    }
}
