using System.Text.Json.Nodes;

namespace EhrR1.Evaluation;

/// <summary>How each run was made: enough to make it again.</summary>
internal static class RunSection
{
    public static void Write(HtmlText html, EvaluationReport report)
    {
        ReportPage.Section(html, "runs", "How it was run", "Each run is a folder with its answers; 'ehr-r1 score <run>' scores it again without asking the model.");
        html.Open("div", "class", "cards");
        for (var i = 0; i < report.Runs.Count; i++)
        {
            var run = report.Runs[i];
            var manifest = run.Manifest;
            html.Open("article", "class", "card").Open("h3").Element("span", "", "class", $"dot m{i % 8}").Text(run.Name).Close().Open("dl");
            Fact(html, "Model", manifest.Model);
            if (Setting(manifest, "endpoint") is { } endpoint)
                Fact(html, "Endpoint", endpoint);
            Fact(html, "Started", Shown.Time(manifest.Started));
            Fact(html, "Ended", Shown.Time(manifest.Ended));
            Fact(html, "State", manifest.State.ToString().ToLowerInvariant() + (manifest.Resumed > 0 ? $", resumed {manifest.Resumed} times" : ""));
            Fact(html, "Samples", $"{Shown.Count(manifest.Samples)}: {Shown.Count(manifest.Answered)} answered, {Shown.Count(manifest.Unanswered)} not, {Shown.Count(manifest.Errors)} failed");
            if (run.Scores.Usage is { PromptTokens: > 0 } usage)
                Fact(html, "Tokens", $"{Shown.Count(usage.PromptTokens)} read ({Shown.Percent((double)usage.CachedTokens / usage.PromptTokens)} from the prefix cache), {Shown.Count(usage.CompletionTokens)} written");
            if (Setting(manifest, "cost") is { } cost)
                Fact(html, "Cost", cost);
            Fact(html, "Time a sample", $"{Shown.Duration(run.Scores.Usage.MedianLatencyMs)} in the median, 95 % within {Shown.Duration(run.Scores.Usage.LatencyMs95)}");
            Fact(html, "Program", manifest.Program);
            Fact(html, "Seed of the workspace", manifest.Seed?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–");
            Fact(html, "Answers (SHA-256)", Shown.Hash(run.Scores.AnswersSha256));
            foreach (var file in manifest.Benchmark)
                Fact(html, file.Path, $"{Shown.Count(file.Bytes)} bytes, {Shown.Hash(file.Sha256)}");
            html.Close().Open("details").Element("summary", "Settings").Element("pre", manifest.Settings.ToJsonString(EvaluationJson.Options)).Close().CloseLine();
        }

        html.Close().Close();
    }

    // Models say what they were set to under "model"; what a run has beside that stands at the top.
    private static string? Setting(RunManifest manifest, string name)
        => ((manifest.Settings["model"] as JsonObject)?[name] ?? manifest.Settings[name]) is JsonValue value ? value.ToString() : null;

    private static void Fact(HtmlText html, string name, string value) => html.Open("div").Element("dt", name).Element("dd", value).Close();
}
