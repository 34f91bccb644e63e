using System.Globalization;
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
            if (manifest.Found is { } found)
                Endpoint(html, found);
            Fact(html, "Started", Shown.Time(manifest.Started));
            Fact(html, "Ended", Shown.Time(manifest.Ended));
            Fact(html, "State", manifest.State.ToString().ToLowerInvariant() + (manifest.Resumed > 0 ? manifest.Resumed == 1 ? ", resumed once" : $", resumed {manifest.Resumed} times" : ""));
            Fact(html, "Samples", $"{Shown.Count(manifest.Samples)}: {Shown.Count(manifest.Answered)} answered, {Shown.Count(manifest.Unanswered)} not, {Shown.Count(manifest.Errors)} failed");
            if (run.Scores.Usage is { PromptTokens: > 0 } usage)
                Fact(html, "Tokens", $"{Shown.Count(usage.PromptTokens)} read ({Shown.Percent((double)usage.CachedTokens / usage.PromptTokens)} from the prefix cache), {Shown.Count(usage.CompletionTokens)} written");
            if (manifest.Cut > 0)
                Fact(html, "Cut", $"{Shown.Count(manifest.Cut)} inputs were longer than the context and lost their beginning");
            if (manifest.ShortOfShots > 0)
                Fact(html, "Examples", $"{Shown.Count(manifest.ShortOfShots)} samples had fewer than asked for: no room, or a task's pool has fewer");
            if (manifest.Cost is { } cost)
                Fact(html, "Cost", string.Create(CultureInfo.InvariantCulture, $"{cost:0.00##} {manifest.Currency}"));
            Fact(html, "Time a sample", $"{Shown.Duration(run.Scores.Usage.MedianLatencyMs)} in the median, 95 % within {Shown.Duration(run.Scores.Usage.LatencyMs95)}");
            Fact(html, "Program", manifest.Program);
            Fact(html, "Seed of the workspace", manifest.Seed?.ToString(CultureInfo.InvariantCulture) ?? "–");
            Fact(html, "Answers (SHA-256)", Shown.Hash(run.Scores.AnswersSha256));
            foreach (var file in manifest.Benchmark)
                Fact(html, file.Path, $"{Shown.Count(file.Bytes)} bytes, {Shown.Hash(file.Sha256)}");
            html.Close().Open("details").Element("summary", "Settings").Element("pre", manifest.Settings.ToJsonString(EvaluationJson.Options)).Close().CloseLine();
        }

        html.Close().Close();
    }

    private static void Endpoint(HtmlText html, JsonObject found)
    {
        Fact(html, "Endpoint", $"{found["endpoint"]} ({found["server"] ?? "unknown server"})");
        if (found["data_may_leave_because"] is { } reason)
            Fact(html, "Data left the network, because", reason.ToString());
        Fact(html, "Context", $"{Shown.Count((int?)found["context"] ?? 0)} tokens");
        if (found["rungs"] is JsonArray { Count: > 0 } rungs)
            Fact(html, "Ways to P(yes), best first", string.Join(", ", rungs.Select(r => r!.ToString())));
    }

    private static void Fact(HtmlText html, string name, string value) => html.Open("div").Element("dt", name).Element("dd", value).Close();
}
