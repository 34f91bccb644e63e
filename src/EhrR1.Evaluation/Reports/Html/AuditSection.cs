using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>What a model could read that it should not have known.</summary>
internal static class AuditSection
{
    public static void Write(HtmlText html, EvaluationReport report)
    {
        ReportPage.Section(html, "audit", "Leakage audit", "How many samples hold something in their input that was known only after the question is asked (zero in the profile 'strict'), how many show a label's words somewhere in the input, and how many would have another answer, or no sample at all, in the other profile.");
        if (report.Audit is not { Count: > 0 } audit)
        {
            html.Element("p", "This benchmark was not audited.", "class", "note").Close();
            return;
        }

        html.Open("div", "class", "scroll").Open("table", "class", "tasks sortable").Open("thead").Open("tr").Element("th", "Task", "scope", "col");
        foreach (var name in new[] { "Samples", "Hold a later item", "Show a label", "Answer differs", "Only in this profile", "Echoes" })
            html.Element("th", name, "scope", "col", "class", "number");
        html.Close().Close().Open("tbody").Raw("\n");
        foreach (var task in audit)
        {
            html.Open("tr").Element("th", task.Task, "scope", "row").Element("td", Shown.Count(task.Samples), "class", "number");
            foreach (var count in new[] { task.WithLaterItem, task.WithLabelShown, task.LabelsChanged, task.OnlyHere, task.Echoes })
                Share(html, count, task);
            html.CloseLine();
        }

        html.Close().Close().Close().Close();
    }

    private static void Share(HtmlText html, long count, TaskAudit task)
        => html.Open("td", "class", "number").Text(count == 0 ? "0" : Shown.Percent((double)count / task.Samples)).Element("small", count == 0 ? "" : Shown.Count(count)).Close();
}
