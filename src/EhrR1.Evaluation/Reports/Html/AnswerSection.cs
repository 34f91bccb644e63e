using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>How the answers were written, what the format costs, and where probabilities come from.</summary>
internal static class AnswerSection
{
    // In the order in which a reader meets them: from harmless to none at all.
    private static readonly (string Name, string Title)[] _kinds =
    [
        ("bulleted", "Bullets"), ("numbered", "Numbers"), ("comma_separated", "Commas"), ("json", "JSON"), ("fenced", "Code fence"), ("prefaced", "Preface"), ("wrapped", "Quotes, bold"),
        ("special_tokens", "Special tokens"), ("repeated", "Repeated items"), ("cut_off", "Cut off"), ("thinking_unclosed", "Thinking not closed"), ("refused", "Refused"), ("empty", "Empty"), ("unreadable", "Neither yes nor no"),
    ];

    public static void Write(HtmlText html, EvaluationReport report)
    {
        ReportPage.Section(
            html, "answers", "How the answers were written",
            "Models were asked for the bare items, one a line. What else they wrote is counted by its kind and read all the same; \"strict\" is the decision F1 of the published scorer's reading, which forgives nothing. An answer may be of several kinds.");
        Formats(html, report);
        if (report.Runs.Any(r => r.Scores.Tasks.Any(t => t.Kind == TaskKind.Risk)))
            Sources(html, report);
        html.Close();
    }

    private static void Formats(HtmlText html, EvaluationReport report)
    {
        var kinds = _kinds.Where(k => report.Runs.Any(r => Count(r, k.Name) > 0)).ToArray();
        Head(html, ["Decision F1", "Strict", "Not bare items", .. kinds.Select(k => k.Title)]);
        for (var i = 0; i < report.Runs.Count; i++)
        {
            var run = report.Runs[i];
            Name(html, run, i);
            html.Element("td", Shown.Number(run.Scores.Mean("decision")?.Score.Value), "class", "number").Element("td", Shown.Number(run.Scores.Mean("decision_strict")?.Score.Value), "class", "number");
            var asked = run.Scores.Tasks.Where(t => t.Attempted).Sum(t => t.Samples);
            Share(html, run.Scores.Tasks.Sum(t => t.FormatFailures), asked);
            foreach (var (kind, _) in kinds)
                Share(html, Count(run, kind), asked);
            html.CloseLine();
        }

        html.Close().Close().Close();
    }

    private static void Sources(HtmlText html, EvaluationReport report)
    {
        html.Element("h3", "Where P(yes) comes from").Element("p", "Token probabilities are taken by the best way that the endpoint offers, sample by sample; the rungs below it are coarser. A sample without any counts as one half.", "class", "about");
        var sources = report.Runs.SelectMany(r => r.Scores.Tasks.SelectMany(t => t.ProbabilitySources.Keys)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Head(html, [.. sources.Select(s => s.Replace('_', ' ')), "Not answered"]);
        for (var i = 0; i < report.Runs.Count; i++)
        {
            var risks = report.Runs[i].Scores.Tasks.Where(t => t is { Kind: TaskKind.Risk, Attempted: true }).ToArray();
            var asked = risks.Sum(t => t.Samples);
            Name(html, report.Runs[i], i);
            foreach (var source in sources)
                Share(html, risks.Sum(t => t.ProbabilitySources.GetValueOrDefault(source)), asked);
            Share(html, risks.Sum(t => t.Unanswered), asked);
            html.CloseLine();
        }

        html.Close().Close().Close();
        foreach (var run in report.Runs)
        {
            var many = run.Scores.Tasks.Where(t => t.ManyUnanswered).Select(t => t.Task).ToArray();
            if (many.Length > 0)
                html.Open("p", "class", "note").Element("b", $"{run.Name}: more than 5 % of the samples have no answer", "class", "bad").Text($" in {string.Join(", ", many)}. These scores say more of the answering than of the model.").Close();
        }
    }

    private static void Head(HtmlText html, string[] titles)
    {
        html.Open("div", "class", "scroll").Open("table", "class", "tasks sortable").Open("thead").Open("tr").Element("th", "Model", "scope", "col");
        foreach (var title in titles)
            html.Element("th", title, "scope", "col", "class", "number");
        html.Close().Close().Open("tbody").Raw("\n");
    }

    private static void Name(HtmlText html, ReportRun run, int index)
        => html.Open("tr").Open("th", "scope", "row").Element("span", "", "class", $"dot m{index % 8}").Text(run.Name).Close();

    private static void Share(HtmlText html, int count, int of)
        => html.Open("td", "class", "number").Text(count == 0 ? "0" : Shown.Percent((double)count / of)).Element("small", count == 0 ? "" : Shown.Count(count)).Close();

    private static int Count(ReportRun run, string kind) => run.Scores.Tasks.Sum(t => t.Formats.GetValueOrDefault(kind));
}
