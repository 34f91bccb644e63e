using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>Marks up the concepts that a text names.</summary>
internal sealed class ConceptsCommand : CliCommand
{
    private readonly Option<string?> _text = new("--text") { Description = "The text to mark up, such as a discharge summary.", HelpName = "FILE" };
    private readonly Option<string?> _terminology = new("--terminology") { Description = "The file that 'terminology build' wrote.", HelpName = "FILE" };
    private readonly Option<string[]> _types = new("--types") { Description = "Find concepts of this semantic type alone; may be given several times. The default is all.", HelpName = "TYPE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double> _similarity = new("--similarity") { Description = "The least similarity of names, by the Jaccard index of their trigrams.", HelpName = "0..1", DefaultValueFactory = _ => 0.7 };
    private readonly Option<bool> _json = JsonOption("Print the mentions as JSON.");

    public ConceptsCommand()
        : base(
            "concepts",
            "Marks up the concepts that a text names, and says which of them are denied, of the family, allergies, or only looked for.",
            "ehr-r1 concepts --text note.txt --terminology open.terminology",
            "ehr-r1 concepts --text note.txt --terminology umls.terminology --types \"Sign or Symptom\" --json")
    {
        _similarity.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (> 0 and <= 1))
                result.AddError($"--similarity must be above 0 and at most 1, not {result.Tokens[^1].Value}.");
        });
        foreach (var option in (ReadOnlySpan<Option>)[_text, _terminology, _types, _similarity, _json])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(CommandRun run)
    {
        var file = run.PathOf(_text) ?? throw CommandRun.UserError("No text is named", "Name one with '--text FILE'");
        var path = run.PathOf(_terminology) ?? throw CommandRun.UserError("No terminology is named", "Name one with '--terminology FILE', or in ehr-r1.json");
        var text = await ReadAsync(file, run.Cancellation).ConfigureAwait(false);
        using var terminology = Terminology.Open(path);
        // Names of semantic types hold commas: "Amino Acid, Peptide, or Protein".
        var types = run.Get(_types);
        var matcher = new NoteMatcher(terminology, new NoteMatcherOptions
        {
            Threshold = new SimilarityThreshold(SimilarityMeasure.Jaccard, run.Get(_similarity)),
            SemanticTypes = types is { Length: > 0 } ? types : null,
        });
        var mentions = matcher.Find(text);
        if (run.Get(_json))
            run.WriteJson(MentionText.Json(terminology, text, mentions));
        else
            MentionText.Write(run.Out, terminology, text, mentions);
        return ExitCode.Done;
    }

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
