using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Puts the report's sections into one page.</summary>
internal static class ReportPage
{
    public static string Render(EvaluationReport report)
    {
        var html = new HtmlText();
        html.Raw("<!DOCTYPE html>\n").Open("html", "lang", "en").Raw("\n").Open("head");
        html.Empty("meta", "charset", "utf-8").Empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.Empty("meta", "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
        html.Empty("meta", "name", "color-scheme", "content", "light dark");
        html.Element("title", "EHR-Bench report").Open("style").Raw(Resource("report.css")).Close().CloseLine();
        html.Open("body").Raw("\n");
        HeaderSection.Write(html, report);
        html.Open("main");
        LeaderboardSection.Write(html, report);
        TaskSection.Write(html, report, TaskKind.Decision);
        TaskSection.Write(html, report, TaskKind.Risk);
        AnswerSection.Write(html, report);
        CurveSection.Write(html, report);
        GroupSection.Write(html, report);
        AuditSection.Write(html, report);
        DataSection.Write(html, report);
        ExampleSection.Write(html, report);
        RunSection.Write(html, report);
        GlossarySection.Write(html);
        html.CloseLine();
        html.Open("script").Raw(Resource("report.js")).CloseLine();
        return html.CloseLine().CloseLine().ToString();
    }

    /// <summary>Opens a section with its heading and what it shows in a sentence or two.</summary>
    public static HtmlText Section(HtmlText html, string id, string title, string about)
        => html.Raw("\n").Open("section", "id", id).Element("h2", title).Element("p", about, "class", "about").Raw("\n");

    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream($"EhrR1.Evaluation.Reports.Html.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
