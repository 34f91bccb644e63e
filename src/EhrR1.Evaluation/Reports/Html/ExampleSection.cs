namespace EhrR1.Evaluation;

/// <summary>A few samples with the answers.</summary>
internal static class ExampleSection
{
    public static void Write(HtmlText html, EvaluationReport report)
    {
        ReportPage.Section(
            html, "examples", "Examples",
            report.Synthetic
                ? "The first sample of some tasks. The patients are made up, so input and answers are shown."
                : "The first sample of some tasks. Real patients stand behind them: this page shows ids and scores alone. Those who may read the charts see the rest with 'ehr-r1 sample <workspace> --id <id>'.");
        foreach (var example in report.Examples)
            Write(html, example);
        html.Close();
    }

    private static void Write(HtmlText html, ReportExample example)
    {
        html.Open("article", "class", "example").Open("h3").Text(example.Task + " ").Element("code", example.Id).Close();
        if (example.Input is not null)
            html.Open("details").Element("summary", "Input, its end").Element("pre", example.Input).Close();
        html.Open("div", "class", "answers");
        if (example.Truth is not null)
            html.Open("div", "class", "truth").Element("h4", "What happened").Element("pre", example.Truth).Close();
        foreach (var answer in example.Answers)
        {
            var score = answer.F1 is { } f1 ? $"F1 {Shown.Number(f1)}" : answer.PYes is { } p ? $"P(yes) {Shown.Number(p)}" : "no answer";
            html.Open("div").Open("h4").Text(answer.Run + " ").Element("small", score).Close();
            if (answer.Text is { Length: > 0 } text)
                html.Element("pre", text);
            html.Close();
        }

        html.Close().CloseLine();
    }
}
