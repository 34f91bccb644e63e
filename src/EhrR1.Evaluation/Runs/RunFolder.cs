using System.Globalization;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>The folder of a run and its files.</summary>
/// <remarks>Reading is safe for any number of threads; one process at a time writes.</remarks>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>The folder of all runs inside a workspace.</summary>
    public const string RunsFolder = "runs";

    private const string Mend = "Start the run again with 'ehr-r1 eval', or choose another run";

    /// <summary>What the run was.</summary>
    public string ManifestFile => System.IO.Path.Combine(Path, "manifest.json");

    /// <summary>What was asked, one line a sample.</summary>
    public string SamplesFile => System.IO.Path.Combine(Path, "samples.jsonl");

    /// <summary>What was answered, one line a sample, in the order in which answers came.</summary>
    public string AnswersFile => System.IO.Path.Combine(Path, "answers.jsonl");

    /// <summary>The scores.</summary>
    public string ScoresFile => System.IO.Path.Combine(Path, "scores.json");

    /// <summary>What a baseline fitted.</summary>
    public string ModelFolder => System.IO.Path.Combine(Path, "model");

    /// <summary>The run's name: the folder's.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path)));

    /// <summary>Whether the folder holds a run.</summary>
    public bool Exists => File.Exists(ManifestFile);

    /// <summary>Opens a stored run.</summary>
    /// <exception cref="EhrR1Exception">The folder holds no run.</exception>
    public static RunFolder Open(string path)
    {
        var run = new RunFolder(path);
        return run.Exists ? run : throw new EhrR1Exception("This folder is no run: it has no manifest.json", path, "Make one with 'ehr-r1 eval <workspace> --model <model>'");
    }

    /// <summary>The runs of a workspace in the order of model and number.</summary>
    public static IReadOnlyList<RunFolder> Of(string workspace)
    {
        var runs = System.IO.Path.Combine(workspace, RunsFolder);
        return Directory.Exists(runs)
            ? [.. Directory.EnumerateDirectories(runs).Select(d => new RunFolder(d)).Where(r => r.Exists).OrderBy(r => r.Numbered()).ThenBy(r => r.Name, StringComparer.Ordinal)]
            : [];
    }

    /// <summary>
    /// The folder that a run goes to when none is named: <c>runs/&lt;model&gt;-&lt;n&gt;</c> with the smallest free n, or the unfinished run with this
    /// fingerprint, so that a command that was killed goes on when it is given again.
    /// </summary>
    public static RunFolder Next(string workspace, string model, string fingerprint)
    {
        // A model's name may be an address.
        var name = string.Concat(model.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        for (var n = 1; ; n++)
        {
            var run = new RunFolder(System.IO.Path.Combine(workspace, RunsFolder, string.Create(CultureInfo.InvariantCulture, $"{name}-{n}")));
            if (!Directory.Exists(run.Path) || (run.Exists && run.ReadManifest() is { State: not RunState.Complete } manifest && manifest.Fingerprint == fingerprint))
                return run;
        }
    }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="EhrR1Exception">It is missing or damaged.</exception>
    public RunManifest ReadManifest() => EvaluationJson.Read<RunManifest>(ManifestFile, Mend);

    /// <summary>Writes the manifest.</summary>
    /// <exception cref="EhrR1Exception">It cannot be written.</exception>
    public void Write(RunManifest manifest) => EvaluationJson.Write(ManifestFile, manifest);

    /// <summary>Reads what was asked.</summary>
    /// <exception cref="EhrR1Exception">The file is damaged.</exception>
    public IEnumerable<RunSample> ReadSamples() => AppendLog<RunSample>.Read(SamplesFile);

    /// <summary>Reads the answers by sample id; of several to one sample the last counts, but a failure never replaces an answer.</summary>
    /// <exception cref="EhrR1Exception">The file is damaged.</exception>
    public IReadOnlyDictionary<string, RunAnswer> ReadAnswers()
    {
        var answers = new Dictionary<string, RunAnswer>(StringComparer.Ordinal);
        foreach (var answer in AppendLog<RunAnswer>.Read(AnswersFile))
        {
            if (answer.Error is null || !answers.TryGetValue(answer.Id, out var known) || known.Error is not null)
                answers[answer.Id] = answer;
        }

        return answers;
    }

    private (string Model, int Number) Numbered()
    {
        var dash = Name.LastIndexOf('-');
        return dash > 0 && int.TryParse(Name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (Name[..dash], number) : (Name, 0);
    }
}
