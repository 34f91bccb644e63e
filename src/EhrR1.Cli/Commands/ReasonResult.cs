using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>What <see cref="InsReason"/> says at its end.</summary>
/// <param name="written">What the teacher wrote.</param>
/// <param name="check">What the check found.</param>
/// <param name="manifest">The data set.</param>
/// <param name="folder">Its folder.</param>
internal sealed class ReasonResult(SynthesisReport written, ChainReport check, InstructionManifest manifest, string folder)
{
    private const int FailuresShown = 5;

    /// <summary>Prints it.</summary>
    /// <returns>The exit code.</returns>
    public int Say(CommandRun run, bool isSynthetic, bool asJson)
    {
        foreach (var failure in written.Failures.Take(FailuresShown))
            run.Say($"No answer for {failure.Id}: {failure.Reason}");
        if (written.Stopped is { } stopped)
            run.Say(stopped);
        if (written.Tasks.Sum(t => t.WithoutPaths) is > 0 and var pathless)
            run.Say($"{ConceptText.Number(pathless)} samples were not asked about: their graphs have no path.");
        run.Say(isSynthetic
            ? "The patients are made up; no record stands behind the texts."
            : "The files hold text of patients' charts: they must not leave the place where the charts may be.");
        if (manifest.Cases == 0)
            run.Say($"No chain passes: {Path.Combine(folder, ReasoningBuild.ChainsFolder, ChainCheckRun.ReportFile)} says why.");
        if (asJson)
            run.WriteJson(Json());
        else
            Print(run.Out);
        // What the narrator has nothing to say of is not missing.
        return manifest.Cases == 0 || (written.Teacher != Narrator.Name && written.Missing > 0) ? ExitCode.Partial : ExitCode.Done;
    }

    private void Print(TextWriter to)
    {
        AttritionText.Write(to, manifest.Attrition!);
        if (check.Apart.Count > 0)
            to.WriteLine($"Set apart: {string.Join(", ", check.Apart.Select(a => $"{a.Key.Replace('_', ' ')} {ConceptText.Number(a.Value)}"))}");
        if (manifest.TooLong + manifest.EvidenceCut > 0)
            to.WriteLine($"Left out for --max-tokens: {ConceptText.Number(manifest.TooLong)} too long without any record, {ConceptText.Number(manifest.EvidenceCut ?? 0)} whose chain cites what would be cut off");
        AttritionText.WriteCost(to, manifest.Cost!);
        InsWriting.Print(to, manifest, folder);
        if (ExampleId() is { } id)
            to.WriteLine($"      ehr-r1 ins show {ShellText.Of(folder)} --id {id}");
    }

    private string? ExampleId()
    {
        var path = Path.Combine(folder, ReasoningBuild.ChainsFolder, ChainCheckRun.CheckedFile);
        return File.ReadLines(path).FirstOrDefault(l => l.Contains("\"passes\":true,\"best\":true", StringComparison.Ordinal)) is { } line ? ReasoningChainJson.Parse(line, path, 1).Id : null;
    }

    private JsonObject Json()
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(written, ConceptStage.Json)!;
        json["apart"] = JsonSerializer.SerializeToNode(check.Apart, ConceptStage.Json);
        json["attrition"] = JsonSerializer.SerializeToNode(manifest.Attrition, ConceptStage.Json);
        json["cost"] = JsonSerializer.SerializeToNode(manifest.Cost, ConceptStage.Json);
        json["evidence_cut"] = manifest.EvidenceCut;
        json["set"] = InsWriting.JsonOf(manifest, folder);
        return json;
    }
}
