using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Writes a benchmark as configurable benchmarks of Stanford's MedHELM (crfm-helm 0.5.8 and later).</summary>
/// <remarks>For each task a prompt template, a CSV file and a YAML file, and one run configuration for all. MedHELM has neither set F1 nor
/// AUROC: risk tasks are scored there by exact match, decision tasks by ROUGE-1. Source: MedHELM's guide to benchmarks of one's own.</remarks>
public static class HelmExport
{
    /// <summary>Writes the benchmarks.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="folder">The folder, from which <c>helm-run</c> is started.</param>
    /// <param name="options">What is exported; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EhrR1Exception">There is no sample, or the files cannot be written.</exception>
    public static ExportResult Write(BenchmarkSource benchmark, string folder, ExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        options ??= new ExportOptions();
        var (tasks, leftOut) = TaskFiles.Write(benchmark, options, folder, ".csv", "id,prompt,correct_answer,incorrect_answers", s => Row(s, options), cancellationToken);
        foreach (var (task, _) in tasks)
        {
            AtomicFile.WriteText(Path.Combine(folder, $"{task}_prompt.txt"), "{prompt}");
            AtomicFile.WriteText(Path.Combine(folder, $"{task}.yaml"), Task(TaskCatalog.Get(task)));
        }

        AtomicFile.WriteText(Path.Combine(folder, "ehr_bench.conf"), $"entries: [\n{string.Concat(tasks.Select(t => $"  {{description: \"medhelm_configurable_benchmark:model=MODEL,model_deployment=DEPLOYMENT,config_path={t.Key}.yaml\", priority: 1}},\n"))}]\n");
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), ExportTexts.Read("helm_readme.md"));
        return new ExportResult(folder, tasks, leftOut);
    }

    private static string Task(TaskDefinition task)
    {
        var isRisk = task.Kind == TaskKind.Risk;
        return $"""
            name: EHR-BENCH-{task.Name.ToUpperInvariant()}
            description: "EHR-Bench, {(isRisk ? "risk prediction" : "decision making")}: {task.Instruction.Replace("\"", "'", StringComparison.Ordinal)}"
            prompt_file: {task.Name}_prompt.txt
            dataset_file: {task.Name}.csv
            max_tokens: {(isRisk ? 1 : 128)}
            metrics:
              - name: {(isRisk ? "exact_match" : "rouge_1")}
                main: true

            """;
    }

    private static string Row(BenchmarkSample sample, ExportOptions options)
    {
        var isRisk = sample.Kind == TaskKind.Risk;
        string[] wrong = isRisk ? [sample.Labels[0] == "yes" ? "no" : "yes"] : [];
        return string.Join(',', new[] { sample.Id, options.Prompt(sample), string.Join('\n', sample.Labels), JsonSerializer.Serialize(wrong) }.Select(Quoted));
    }

    // RFC 4180; always quoted, so that no text reads as a number.
    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
