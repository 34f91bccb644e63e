namespace EhrR1.Evaluation;

/// <summary>The headlines by groups of patients, and how far the groups lie apart.</summary>
internal static class GroupSection
{
    public static void Write(HtmlText html, EvaluationReport report)
    {
        ReportPage.Section(html, "groups", "Groups of patients", "The same macro means for each group. The gap is that between the best and the worst group with at least ten patients; as the two were chosen by their scores, the gap looks larger, and its p smaller, than it is. Samples whose group is not known are left out.");
        if (report.Runs.All(r => r.Scores.Groups.Count == 0))
        {
            html.Element("p", "The benchmark says nothing of its patients' groups.", "class", "note").Close();
            return;
        }

        ScoreLegend.Write(html, report);
        foreach (var mean in new[] { "decision", "risk" })
            Table(html, report, mean);
        html.Close();
    }

    private static void Table(HtmlText html, EvaluationReport report, string mean)
    {
        var groupings = PatientGroups.Names.Where(g => report.Runs.Any(r => Find(r, g, mean) is not null)).ToArray();
        if (groupings.Length == 0)
            return;
        html.Element("h3", mean == "risk" ? "Risk AUROC" : "Decision F1").Open("div", "class", "scroll").Open("table", "class", "tasks").Open("thead").Open("tr");
        html.Element("th", "Group", "scope", "col").Element("th", "Patients", "scope", "col", "class", "number").Open("th", "class", "plot");
        ScoreBars.Scale(html, mean == "risk" ? 0.5 : 0);
        html.Close();
        foreach (var run in report.Runs)
            html.Element("th", run.Name, "scope", "col", "class", "number");
        html.Close().Close().Open("tbody").Raw("\n");
        foreach (var grouping in groupings)
        {
            var found = report.Runs.Select(r => Find(r, grouping, mean)).ToArray();
            html.Open("tr", "class", "head").Element("th", grouping.Replace('_', ' '), "scope", "rowgroup", "colspan", "3");
            foreach (var scores in found)
                Gap(html, scores);
            html.CloseLine();
            foreach (var group in found.OfType<GroupScores>().SelectMany(g => g.Groups).Select(g => g.Group).Distinct(StringComparer.Ordinal))
                Row(html, [.. found.Select(f => f?.Groups.FirstOrDefault(g => g.Group == group))], group, mean);
        }

        html.Close().Close().Close();
    }

    private static void Row(HtmlText html, GroupScore?[] scores, string group, string mean)
    {
        var known = scores.First(s => s is not null)!;
        html.Open("tr", "class", known.Patients < 10 ? "few" : null).Element("th", group, "scope", "row").Element("td", Shown.Count(known.Patients), "class", "number").Open("td", "class", "plot");
        ScoreBars.Draw(html, $"{(mean == "risk" ? "AUROC" : "F1")} of the group {group}", [.. scores.Select((s, i) => (i % 8, s?.Score))], mean == "risk" ? 0.5 : 0);
        html.Close();
        foreach (var score in scores)
            html.Open("td", "class", "number").Element("b", Shown.Number(score?.Score.Value)).Element("small", Shown.Interval(score?.Score)).Close();
        html.CloseLine();
    }

    private static void Gap(HtmlText html, GroupScores? scores)
    {
        html.Open("td", "class", "number");
        if (scores?.Gap is { } gap)
            html.Text($"gap {Shown.Number(gap.Value)}").Element("small", $"{Shown.Interval(gap)}, p {Shown.P(scores.PValue)}").Element("small", $"{scores.Best} over {scores.Worst}");
        html.Close();
    }

    private static GroupScores? Find(ReportRun run, string grouping, string mean) => run.Scores.Groups.FirstOrDefault(g => g.Grouping == grouping && g.Mean == mean);
}
