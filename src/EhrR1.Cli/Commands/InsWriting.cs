using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>Writes an instruction set out of a workspace and says what was written.</summary>
internal static class InsWriting
{
    public static int Run(CommandRun run, string folder, InsOptions shared, InstructionKind kind, InstructionOptions options)
    {
        var to = shared.FolderOf(run);
        EarlierStages.NeedTasks(run, folder);
        using var workspace = Workspace.Open(folder);
        var manifest = InstructionBuild.Write(workspace, to, kind, options, run.Progress, run.Cancellation);
        run.Say(workspace.Manifest.Synthetic
            ? "The patients are made up; no record stands behind the texts."
            : "The files hold text of patients' charts: they must not leave the place where the charts may be.");
        if (manifest.TooLong > 0)
            run.Say($"{manifest.TooLong:#,0} samples were left out: their question and answer alone are longer than --max-tokens.");
        if (run.Get(shared.Json))
            run.WriteJson(JsonOf(manifest, to));
        else
            Print(run.Out, manifest, to);
        return ExitCode.Done;
    }

    public static void Print(TextWriter to, InstructionManifest manifest, string folder)
    {
        var what = manifest.Kind switch { "rl" => "prompts", "reasoning" => "reasoning cases", _ => "cases" };
        var files = manifest.Files.Count == 1 ? "1 file" : $"{manifest.Files.Count:#,0} files";
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Cases:#,0} {what} of {manifest.Tasks.Count} tasks, {manifest.Tokens:#,0} tokens{(manifest.TokensBy == "estimate" ? " (estimated)" : "")}, {MemorySize.Format(manifest.Files.Sum(f => f.Bytes))} in {files}: {folder}"));
        to.WriteLine($"Next: ehr-r1 ins stats {ShellText.Of(folder)}");
    }

    public static JsonObject JsonOf(InstructionManifest manifest, string folder) => new()
    {
        ["folder"] = folder,
        ["kind"] = manifest.Kind,
        ["cases"] = manifest.Cases,
        ["tasks"] = new JsonObject(manifest.Tasks.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
        ["too_long"] = manifest.TooLong,
        ["tokens"] = manifest.Tokens,
        ["tokens_by"] = manifest.TokensBy,
        ["files"] = new JsonArray([.. manifest.Files.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path, ["bytes"] = f.Bytes, ["rows"] = f.Rows, ["sha256"] = f.Sha256 })]),
    };
}
