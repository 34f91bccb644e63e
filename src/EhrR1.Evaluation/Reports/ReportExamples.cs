using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Chooses a few samples to show.</summary>
/// <remarks>
/// A report is mailed and printed, so no text of a real patient's chart may enter it, be it input, answer or label: of real samples only
/// the id and the scores are shown, with which 'ehr-r1 sample' shows the rest to those who may read it. Stateless.
/// </remarks>
internal static class ReportExamples
{
    private const int InputShown = 3000;
    private static readonly string[] _tasks = ["labevents", "prescriptions", "diagnoses_ccs", "ED_Hospitalization", "Inpatient_Mortality", "Readmission_30day"];

    public static IReadOnlyList<ReportExample> Choose(IReadOnlyList<RunFolder> runs, bool synthetic)
    {
        var chosen = new Dictionary<string, RunSample>(StringComparer.Ordinal);
        var vocabularies = _tasks.ToDictionary(t => t, _ => new AnswerVocabulary(), StringComparer.Ordinal);
        foreach (var sample in runs[0].ReadSamples().Where(s => _tasks.Contains(s.Task)))
        {
            chosen.TryAdd(sample.Task, sample);
            vocabularies[sample.Task].Add(AnswerReader.NormalizeLabels(sample.Labels));
        }

        var inputs = synthetic ? Inputs(runs[0].ReadManifest(), chosen.Values.Select(s => s.Id).ToHashSet(StringComparer.Ordinal)) : [];
        var answers = runs.Select(r => (r.Name, Answers: r.ReadAnswers())).ToArray();
        return
        [
            .. _tasks.Where(chosen.ContainsKey).Select(t => chosen[t]).Select(sample => new ReportExample
            {
                Id = sample.Id,
                Task = sample.Task,
                Input = inputs.GetValueOrDefault(sample.Id),
                Truth = synthetic ? string.Join('\n', sample.Labels) : null,
                Answers = [.. answers.Where(a => a.Answers.ContainsKey(sample.Id)).Select(a => Of(a.Name, a.Answers[sample.Id], sample, vocabularies[sample.Task], synthetic))],
            }),
        ];
    }

    private static ReportExampleAnswer Of(string run, RunAnswer answer, RunSample sample, AnswerVocabulary vocabulary, bool synthetic) => new(
        run,
        synthetic ? answer.Output : null,
        answer.PYes is { } p ? Math.Round(p, 4) : null,
        sample.Kind == TaskKind.Decision ? Math.Round(F1(answer.Output ?? "", AnswerReader.NormalizeLabels(sample.Labels), vocabulary), 4) : null);

    private static double F1(string output, IReadOnlySet<string> labels, AnswerVocabulary vocabulary)
        => SetScore.Of(TolerantReader.Read(output, vocabulary, labels).Items, labels).F1;

    private static Dictionary<string, string> Inputs(RunManifest manifest, HashSet<string> wanted)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in manifest.Benchmark.Select(f => Path.Combine(manifest.BenchmarkFolder, f.Path)).Where(File.Exists))
        {
            foreach (var sample in BenchmarkReader.ReadFile(path).Where(s => wanted.Contains(s.Id)))
            {
                inputs[sample.Id] = sample.Prompt.Length <= InputShown ? sample.Prompt : "…" + sample.Prompt[^InputShown..];
                if (inputs.Count == wanted.Count)
                    return inputs;
            }
        }

        return inputs;
    }
}
