using System.CommandLine;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>Finds the concepts of every event of a workspace, or marks up those that a text names.</summary>
internal sealed class ConceptsCommand : CliCommand
{
    private readonly Argument<string?> _workspace = new("workspace") { Description = "The workspace whose events are read.", HelpName = "WORKSPACE", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _text = new("--text") { Description = "Instead of a workspace, a text to mark up, such as a discharge summary.", HelpName = "FILE" };
    private readonly Option<string?> _terminology = KnowledgeOptions.Terminology();
    private readonly Option<bool> _withoutCodes = new("--without-codes") { Description = "Link the terms of a workspace by their text alone, not by the codes beside them." };
    private readonly Option<string[]> _types = new("--types") { Description = "With --text: find concepts of this semantic type alone; may be given several times. The default is all.", HelpName = "TYPE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double> _similarity = new("--similarity") { Description = "The least similarity of names.", HelpName = "0..1", DefaultValueFactory = _ => 0.7 };
    private readonly Option<string> _measure = CommonOptions.Word("--measure", "How similar names are measured by their trigrams.", "jaccard", "jaccard", "cosine", "dice", "overlap");
    private readonly Option<bool> _json = JsonOption("Print the mentions, or what the concepts reach, as JSON.");

    public ConceptsCommand()
        : base(
            "concepts",
            "Finds the concepts of every event of a workspace and says which terms are missed. Or marks up those that a text names, and says which of them are denied, of the family, allergies, or only looked for.",
            "ehr-r1 concepts workspace --terminology open.terminology",
            "ehr-r1 concepts --text note.txt --terminology open.terminology",
            "ehr-r1 concepts --text note.txt --terminology umls.terminology --types \"Sign or Symptom\" --json")
    {
        Arguments.Add(_workspace);
        _similarity.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (> 0 and <= 1))
                result.AddError($"--similarity must be above 0 and at most 1, not {result.Tokens[^1].Value}.");
        });
        foreach (var option in (ReadOnlySpan<Option>)[_text, _terminology, _withoutCodes, _types, _measure, _similarity, _json])
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_workspace) is null == (result.GetValue(_text) is null))
                result.AddError("Name either a workspace or a text with --text.");
        });
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override async Task<int> RunAsync(CommandRun run)
    {
        if (run.PathOf(_text) is { } file)
            await MarkUpAsync(run, file).ConfigureAwait(false);
        else
            await FindAsync(run, run.Terminal.PathOf(run.Get(_workspace)!)).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private async Task FindAsync(CommandRun run, string folder)
    {
        using var workspace = Workspace.OpenForWriting(folder);
        await EarlierStages.NeedAsync(run, workspace, benchmark: false).ConfigureAwait(false);
        var choice = TerminologyChoice.Of(run, workspace, run.PathOf(_terminology));
        var wasCurrent = ConceptStage.Run(run, workspace, choice, Choice(run));
        var summary = ConceptStage.Summary(workspace);
        if (run.Get(_json))
        {
            run.WriteJson(JsonSerializer.SerializeToNode(summary, ConceptStage.Json)!);
            return;
        }

        ConceptText.Write(run.Out, summary);
        run.Out.WriteLine($"Concepts{(wasCurrent ? " are up to date" : "")} in {workspace.PathOf(ConceptStage.Name)}");
        run.Out.WriteLine($"Next: ehr-r1 graph {ShellText.Of(workspace.Folder)}");
    }

    private async Task MarkUpAsync(CommandRun run, string file)
    {
        var path = run.PathOf(_terminology) ?? throw CommandRun.UserError("No terminology is named", "Name one with '--terminology FILE', or in ehr-r1.json");
        var text = await ReadAsync(file, run.Cancellation).ConfigureAwait(false);
        using var terminology = Terminology.Open(path);
        // Names of semantic types hold commas: "Amino Acid, Peptide, or Protein".
        var types = run.Get(_types);
        foreach (var type in types?.Where(t => !terminology.SemanticTypes.Contains(t, StringComparer.OrdinalIgnoreCase)) ?? [])
            run.Say($"Note: no concept of the terminology has the semantic type \"{type}\".");
        var matcher = new NoteMatcher(terminology, new NoteMatcherOptions
        {
            Threshold = Choice(run).Threshold,
            SemanticTypes = types is { Length: > 0 } ? types : null,
        });
        var mentions = matcher.Find(text);
        if (run.Get(_json))
            run.WriteJson(MentionText.Json(terminology, text, mentions));
        else
            MentionText.Write(run.Out, terminology, text, mentions);
    }

    private ConceptChoice Choice(CommandRun run) => new(!run.Get(_withoutCodes), Enum.Parse<SimilarityMeasure>(run.Get(_measure)!, ignoreCase: true), run.Get(_similarity));

    private static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The text cannot be read: {e.Message}", file, "Name a text file that you may read", e);
        }
    }
}
