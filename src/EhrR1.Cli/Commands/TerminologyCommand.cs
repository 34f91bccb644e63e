using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>Builds a terminology, looks texts and codes up in one, and finds the paths between two concepts.</summary>
internal sealed class TerminologyCommand : CliCommand
{
    private static readonly JsonSerializerOptions _snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Argument<string> _action = new("action") { Description = "What to do: build a terminology, look a text up in one, or find the paths between two texts.", HelpName = "build|lookup|path" };
    private readonly Argument<string?> _text = new("text") { Description = "The text to look up, or a code with its vocabulary such as ICD10CM:I50.9.", HelpName = "TEXT", DefaultValueFactory = _ => null };
    private readonly Argument<string?> _to = new("to") { Description = "Path: the text or the code at the other end.", HelpName = "TEXT", DefaultValueFactory = _ => null };
    private readonly Option<string[]> _umls = new("--umls") { Description = "Build: a folder with UMLS's RRF files, MRCONSO.RRF among them.", HelpName = "FOLDER" };
    private readonly Option<string[]> _tables = new("--tables") { Description = "Build: a folder of open tables, described by a sources.json in it; without one, by the description of the open knowledge on diseases and drugs that the program brings along.", HelpName = "FOLDER" };
    private readonly Option<bool> _withoutBasics = new("--without-basics") { Description = "Build: leave out the program's own clinical basics (laboratory, microbiology, intensive care), which are otherwise added to --tables." };
    private readonly Option<bool> _builtIn = new("--built-in") { Description = "Build: what every synthetic hospital is made from, with false relations among it on purpose." };
    private readonly Option<string[]> _vocabularies = new("--vocabularies") { Description = "Build: take these vocabularies of UMLS alone, by their abbreviations (SAB). The default is all.", HelpName = "SAB,…", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _out = new("--out") { Description = "Build: the file to write.", HelpName = "FILE" };
    private readonly Option<string?> _terminology = new("--terminology") { Description = "Look up, path: the file that a build wrote.", HelpName = "FILE" };
    private readonly Option<double> _similarity = new("--similarity") { Description = "Look up, path: the least similarity of names, by the Jaccard index of their trigrams.", HelpName = "0..1", DefaultValueFactory = _ => 0.7 };
    private readonly Option<int> _top = CommonOptions.Count("--top", "Look up, path: show at most this many concepts or paths.", 10);
    private readonly Option<bool> _json = JsonOption("Print the result as JSON.");

    public TerminologyCommand()
        : base(
            "terminology",
            "Builds a terminology of concepts, names, codes and relations from UMLS or open tables, looks a text or a code up in one, or finds how two concepts are related.",
            "ehr-r1 terminology build --umls 2026AA/META --out umls.terminology",
            "ehr-r1 terminology build --tables knowledge --out open.terminology",
            "ehr-r1 terminology build --built-in --out built-in.terminology",
            "ehr-r1 terminology lookup \"congestive hart failure\" --terminology open.terminology",
            "ehr-r1 terminology path furosemide \"congestive heart failure\" --terminology open.terminology")
    {
        _action.AcceptOnlyFromAmong("build", "lookup", "path");
        Arguments.Add(_action);
        Arguments.Add(_text);
        Arguments.Add(_to);
        _similarity.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (> 0 and <= 1))
                result.AddError($"--similarity must be above 0 and at most 1, not {result.Tokens[^1].Value}.");
        });
        foreach (var option in (ReadOnlySpan<Option>)[_umls, _tables, _withoutBasics, _builtIn, _vocabularies, _out, _terminology, _similarity, _top, _json])
            Options.Add(option);
    }

    public override Task<int> RunAsync(CommandRun run)
    {
        switch (run.Get(_action))
        {
            case "build":
                Build(run);
                break;
            case "path":
                Path(run);
                break;
            default:
                LookUp(run);
                break;
        }

        return Task.FromResult(ExitCode.Done);
    }

    private void Build(CommandRun run)
    {
        var umls = run.Get(_umls) ?? [];
        var tables = run.Get(_tables) ?? [];
        var builtIn = run.Get(_builtIn);
        if (umls.Length + tables.Length == 0 && !builtIn)
            throw CommandRun.UserError("No source is named", "Name one or more with '--umls FOLDER' and '--tables FOLDER'");
        var path = run.PathOf(_out) ?? throw CommandRun.UserError("No file to write is named", "Name one with '--out FILE'");
        var options = new RrfOptions { Vocabularies = CommonOptions.NamesIn(run.Get(_vocabularies)) };
        List<ITerminologySource> sources = [.. umls.Select(f => new RrfSource(run.Terminal.PathOf(f), options)), .. tables.Select(f => new TableSource(run.Terminal.PathOf(f)))];
        if (tables.Length > 0 && !run.Get(_withoutBasics))
            sources.Add(new ClinicalBasics());
        if (builtIn)
            sources.Add(BuiltInSource.WriteTo(path + ".rrf"));
        var facts = TerminologyBuild.Write(sources, path, progress: run.Progress, cancellationToken: run.Cancellation);
        if (run.Get(_json))
            run.WriteJson(JsonSerializer.SerializeToNode(facts, _snake)!);
        else
            TerminologyText.WriteFacts(run.Out, facts, path);
    }

    private void LookUp(CommandRun run)
    {
        var text = TextOf(run, _text, "No text is given", "Write it behind 'lookup', in quotes");
        using var terminology = Open(run);
        var found = TerminologyText.Find(terminology, text, Threshold(run), run.Get(_top));
        if (run.Get(_json))
            run.WriteJson(new JsonObject { ["query"] = text, ["concepts"] = new JsonArray([.. found.Select(f => TerminologyText.Json(terminology, f))]) });
        else
            TerminologyText.Write(run.Out, terminology, text, found);
    }

    private void Path(CommandRun run)
    {
        var texts = new[] { _text, _to }.Select(a => TextOf(run, a, "Two texts are needed", "Write both behind 'path', each in quotes")).ToList();
        using var terminology = Open(run);
        var ends = texts.ConvertAll(text => TerminologyText.Find(terminology, text, Threshold(run), 1) is [var found]
            ? found
            : throw CommandRun.UserError($"Nothing in the terminology is similar to \"{text}\"", "See what there is with 'ehr-r1 terminology lookup', or lower --similarity"));
        var finder = new PathFinder(terminology, new PathOptions { MostPaths = run.Get(_top) });
        var paths = finder.Find(ends[0].Concept, ends[1].Concept, run.Cancellation);
        if (run.Get(_json))
            run.WriteJson(TerminologyPaths.Json(terminology, ends, paths));
        else
            TerminologyPaths.Write(run.Out, terminology, texts, ends, paths);
    }

    private static string TextOf(CommandRun run, Argument<string?> argument, string what, string whatToDo) =>
        run.Get(argument) is { Length: > 0 } given ? given : throw CommandRun.UserError(what, whatToDo);

    private Terminology Open(CommandRun run) =>
        Terminology.Open(run.PathOf(_terminology) ?? throw CommandRun.UserError("No terminology is named", "Name one with '--terminology FILE', or in ehr-r1.json"));

    private SimilarityThreshold Threshold(CommandRun run) => new(SimilarityMeasure.Jaccard, run.Get(_similarity));
}
