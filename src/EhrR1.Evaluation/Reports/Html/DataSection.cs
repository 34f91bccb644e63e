namespace EhrR1.Evaluation;

/// <summary>What the workspace was made from.</summary>
internal static class DataSection
{
    public static void Write(HtmlText html, EvaluationReport report)
    {
        ReportPage.Section(html, "data", "Data", "Rows of the source's tables that were read and that stand in charts, and how many of them the code maps resolve.");
        if (report.Data is not { } data)
        {
            html.Element("p", "The workspace that the benchmark was made from is not here.", "class", "note").Close();
            return;
        }

        html.Element("p", $"{Shown.Count(data.Patients)} patients · {Shown.Count(data.Events)} events · {Shown.Count(data.Items)} items", "class", "figures");
        foreach (var warning in data.Warnings)
            html.Element("p", warning, "class", "note");
        if (data.TasksLeftOut.Count > 0)
            html.Element("p", $"Tasks left out because a map is missing: {string.Join(", ", data.TasksLeftOut)}.", "class", "note");
        html.Open("div", "class", "columns").Open("div", "class", "scroll").Open("table", "class", "tasks sortable").Open("thead").Open("tr").Element("th", "Table", "scope", "col");
        foreach (var name in new[] { "Rows in", "Rows out", "Left out" })
            html.Element("th", name, "scope", "col", "class", "number");
        html.Close().Close().Open("tbody").Raw("\n");
        foreach (var table in data.Tables)
        {
            html.Open("tr").Element("th", table.Table, "scope", "row").Element("td", Shown.Count(table.RowsIn), "class", "number").Element("td", Shown.Count(table.RowsOut), "class", "number");
            html.Open("td", "class", "number").Text(Shown.Count(table.LeftOut.Values.Sum()));
            foreach (var (reason, rows) in table.LeftOut)
                html.Element("small", $"{reason}: {Shown.Count(rows)}");
            html.Close().CloseLine();
        }

        html.Close().Close().Close().Open("div", "class", "scroll").Open("table", "class", "tasks").Open("thead").Open("tr");
        html.Element("th", "Code map", "scope", "col").Element("th", "Table", "scope", "col").Element("th", "Rows", "scope", "col", "class", "number").Element("th", "Resolved", "scope", "col", "class", "number");
        html.Close().Close().Open("tbody").Raw("\n");
        foreach (var map in data.Maps)
        {
            html.Open("tr").Element("th", map.Map, "scope", "row").Element("td", map.Table).Element("td", Shown.Count(map.Rows), "class", "number")
                .Element("td", Shown.Percent(map.Rows == 0 ? null : (double)map.Found / map.Rows), "class", "number").CloseLine();
        }

        html.Close().Close().Close().Close().Close();
    }
}
