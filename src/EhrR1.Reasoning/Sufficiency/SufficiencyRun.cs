using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>Tests the chains of a folder that <see cref="ChainCheckRun"/> has checked for sufficiency, and writes what it finds beside them.</summary>
/// <remarks>
/// In two passes, as <see cref="SynthesisRun"/>: first everything is asked, each answer going into a log, then <c>checked.jsonl</c> and <c>check.json</c> are written
/// anew in their order. A run that was stopped asks nothing twice. Memory holds the answers of the samples that the folder has chains of.
/// </remarks>
public static class SufficiencyRun
{
    /// <summary>The file with all that the model answered, by the hash of what it was asked.</summary>
    public const string LogFile = "sufficiency-log.jsonl";

    /// <summary>Tests the chains.</summary>
    /// <param name="folder">The folder, checked.</param>
    /// <param name="workspace">The workspace of the samples.</param>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Writes its prompts; see <see cref="SufficiencyTest.PromptsOf"/>.</param>
    /// <param name="options">The settings.</param>
    /// <param name="ledger">The ledger, whose cost is told with the progress.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it; what is answered is kept.</param>
    /// <exception cref="EhrR1Exception">The folder is not checked, the log is damaged or held by another process, or the disk is full.</exception>
    public static async Task<SufficiencyReport> RunAsync(
        string folder, Workspace workspace, ILanguageModel model, PromptWriter prompts, SufficiencyOptions options, Ledger? ledger = null, IProgress<RequestProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.Combine(folder, ChainCheckRun.CheckedFile);
        if (!File.Exists(path))
            throw new EhrR1Exception("The chains have not been checked", folder, "Check them first: 'ehr-r1 ins check'");
        var reader = new CheckedLines(path, workspace, options.Titles, cancellationToken);
        var asked = new AskedOnceModel(model);
        using var logged = LoggedModel.Open(asked, Path.Combine(folder, LogFile));
        var test = new SufficiencyTest(logged, prompts);
        var engine = new RequestEngine(new RequestEngineOptions { Concurrency = options.Concurrency, FailuresAtMost = options.FailuresAtMost });
        var report = await engine.RunAsync(
            reader.Read(), c => c.Id, async (chain, token) => (await chain.TestAsync(test, token).ConfigureAwait(false)).Usage, ledger: ledger, progress: progress, cancellationToken: cancellationToken).ConfigureAwait(false);
        asked.Close();
        return await WriteAsync(folder, reader, test, options, report, model.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tokens that a run used so far, which count against its budget when it goes on.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The model that it asks.</param>
    /// <exception cref="EhrR1Exception">The log is damaged or held by another process.</exception>
    public static TokenUsage UsedBefore(string folder, ILanguageModel model)
    {
        using var logged = LoggedModel.Open(model, Path.Combine(folder, LogFile));
        return logged.UsedBefore;
    }

    private static async Task<SufficiencyReport> WriteAsync(string folder, CheckedLines reader, SufficiencyTest test, SufficiencyOptions options, RequestReport asked, string model, CancellationToken cancellationToken)
    {
        var tally = new SufficiencyTally(options.Least);
        var usage = default(TokenUsage);
        var path = Path.Combine(folder, ChainCheckRun.CheckedFile);
        await WholeLines.WriteAsync(path, "The checked chains", async lines => usage = await WriteLinesAsync(lines, reader, test, options.Least, tally, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var report = new SufficiencyReport(model, options.Least, tally.Tasks(), usage, asked.Failures, asked.Stopped?.Message);
        var reportPath = Path.Combine(folder, ChainCheckRun.ReportFile);
        var whole = JsonNode.Parse(File.ReadAllText(reportPath))!.AsObject();
        whole["sufficiency"] = JsonSerializer.SerializeToNode(report, ChainCheckRun.Json);
        AtomicFile.WriteText(reportPath, whole.ToJsonString(ChainCheckRun.Json) + "\n");
        return report;
    }

    private static async Task<TokenUsage> WriteLinesAsync(StreamWriter lines, CheckedLines reader, SufficiencyTest test, double least, SufficiencyTally tally, CancellationToken cancellationToken)
    {
        var usage = default(TokenUsage);
        var own = new List<JsonObject>();
        foreach (var chain in reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (f1, used) = await AnsweredAsync(chain, test, cancellationToken).ConfigureAwait(false);
            usage += used;
            tally.Add(chain.Task.Name, f1);
            if (own.Count > 0 && own[0]["sample_id"]!.ToString() != chain.SampleId)
                await WriteSampleAsync(lines, own, tally).ConfigureAwait(false);
            own.Add(Marked(chain.Line, f1, least));
        }

        await WriteSampleAsync(lines, own, tally).ConfigureAwait(false);
        return usage;
    }

    private static async Task<(double F1, TokenUsage Usage)> AnsweredAsync(CheckedLines.Chain chain, SufficiencyTest test, CancellationToken cancellationToken)
    {
        try
        {
            return await chain.TestAsync(test, cancellationToken).ConfigureAwait(false);
        }
        catch (NotAskedException)
        {
            return (double.NaN, default);
        }
    }

    private static JsonObject Marked(JsonObject line, double f1, double least)
    {
        line["sufficiency"] = new JsonObject { ["f1"] = double.IsNaN(f1) ? null : (JsonNode?)Math.Round(f1, 6), ["passes"] = f1 >= least };
        line["passes"] = (bool)line["passes"]! && f1 >= least;
        return line;
    }

    /// <summary>Writes the chains of a sample, and chooses the best anew: one that suffices before one that does not.</summary>
    private static async Task WriteSampleAsync(StreamWriter to, List<JsonObject> own, SufficiencyTally tally)
    {
        var best = own.OrderByDescending(c => (bool)c["passes"]!).ThenByDescending(c => (bool)c["filter"]!["passes"]!).ThenByDescending(c => (double)c["score"]!).ThenBy(c => c["id"]!.ToString(), StringComparer.Ordinal).FirstOrDefault();
        foreach (var line in own)
        {
            line["best"] = ReferenceEquals(line, best);
            await to.WriteAsync(line.ToJsonString(ReasoningChainJson.Lines) + "\n").ConfigureAwait(false);
        }

        if (best is not null && (bool)best["passes"]!)
            tally.AddSample(best["sample_id"]!.ToString().Split('-')[0]);
        own.Clear();
    }
}
