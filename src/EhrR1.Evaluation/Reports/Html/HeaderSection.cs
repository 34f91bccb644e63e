namespace EhrR1.Evaluation;

/// <summary>Title, what was measured on what, and the way around.</summary>
internal static class HeaderSection
{
    private static readonly (string Id, string Name)[] _sections =
    [
        ("leaderboard", "Leaderboard"), ("decision", "Decisions"), ("risk", "Risks"), ("answers", "Answers"), ("curves", "Curves"), ("groups", "Groups"),
        ("audit", "Leakage"), ("data", "Data"), ("examples", "Examples"), ("runs", "Runs"), ("glossary", "Glossary"),
    ];

    public static void Write(HtmlText html, EvaluationReport report)
    {
        var first = report.Runs[0];
        html.Open("header").Open("div", "class", "title").Element("h1", "EHR-Bench report");
        html.Element("p", Sentence(report), "class", "about").Close();
        html.Open("dl", "class", "facts");
        Fact(html, "Workspace", report.Workspace ?? "none (released files)");
        Fact(html, "Profile", first.Manifest.Profile ?? "as released");
        Fact(html, "Patients behind it", report.Synthetic ? "made up (synthetic hospital)" : "real: handle as patient data");
        Fact(html, "Samples", $"{Shown.Count(first.Manifest.Samples)} in {first.Scores.Tasks.Count} tasks");
        Fact(html, "Intervals", first.Scores.ByPatient ? $"95 %, {Shown.Count(first.Scores.Replicates)} draws of patients" : "95 %, draws of samples: patients are not named, so intervals are too narrow");
        Fact(html, "Benchmark (SHA-256)", string.Join(" · ", first.Manifest.Benchmark.Select(f => Shown.Hash(f.Sha256))));
        Fact(html, "Written", $"{Shown.Time(report.Written)} by {report.Program}");
        html.Close().Open("nav", "aria-label", "Sections");
        foreach (var (id, name) in _sections.Where(s => s.Id != "curves" || CurveSection.TasksOf(report).Length > 0))
            html.Element("a", name, "href", "#" + id);
        html.Close().CloseLine();
    }

    private static string Sentence(EvaluationReport report)
    {
        var models = report.Runs.Count == 1 ? $"the model {report.Runs[0].Name}" : $"{report.Runs.Count} models";
        return $"How well {models} foresee what is done next for a patient and what will happen to them, measured on held-out patients.";
    }

    private static void Fact(HtmlText html, string name, string value) => html.Open("div").Element("dt", name).Element("dd", value).Close();
}
