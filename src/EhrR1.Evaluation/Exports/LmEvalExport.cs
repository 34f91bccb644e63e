using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Writes a benchmark as tasks of EleutherAI's lm-evaluation-harness (0.4.4 and later).</summary>
/// <remarks>One YAML file and one JSON Lines file a task, three groups, and the metrics as Python. Decision tasks are generated and scored by
/// set F1, read strictly; risk tasks are multiple choice and scored by AUROC of P(yes). Source: the harness's task and group guides.</remarks>
public static class LmEvalExport
{
    /// <summary>Writes the tasks.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="folder">The folder, which the harness takes as <c>--include_path</c>.</param>
    /// <param name="options">What is exported; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EhrR1Exception">There is no sample, or the files cannot be written.</exception>
    public static ExportResult Write(BenchmarkSource benchmark, string folder, ExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        options ??= new ExportOptions();
        var (tasks, leftOut) = TaskFiles.Write(benchmark, options, Path.Combine(folder, "data"), ".jsonl", null, s => Row(s, options), cancellationToken);
        foreach (var (task, _) in tasks)
            AtomicFile.WriteText(Path.Combine(folder, $"{NameOf(task)}.yaml"), Task(TaskCatalog.Get(task)));
        (string Group, string Metric, string[] Members)[] groups =
        [
            ("ehr_bench_decision", "f1", Names(t => t.Kind == TaskKind.Decision && !t.IsExtra)),
            ("ehr_bench_extra", "f1", Names(t => t.Kind == TaskKind.Decision && t.IsExtra)),
            ("ehr_bench_risk", "auroc", Names(t => t.Kind == TaskKind.Risk)),
        ];
        foreach (var (group, metric, members) in groups.Where(g => g.Members.Length > 0))
            AtomicFile.WriteText(Path.Combine(folder, $"_{group}.yaml"), Group(group, members) + $"aggregate_metric_list:\n  - metric: {metric}\n    aggregation: mean\n    weight_by_size: false\n" + Version);
        AtomicFile.WriteText(Path.Combine(folder, "_ehr_bench.yaml"), Group("ehr_bench", groups.Where(g => g.Members.Length > 0 && g.Group != "ehr_bench_extra").Select(g => g.Group)) + Version);
        AtomicFile.WriteText(Path.Combine(folder, "utils.py"), ExportTexts.Read("lm_eval_metrics.py"));
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), ExportTexts.Read("lm_eval_readme.md"));
        return new ExportResult(folder, tasks, leftOut);

        string[] Names(Func<TaskDefinition, bool> which) => [.. tasks.Where(t => which(TaskCatalog.Get(t.Key))).Select(t => NameOf(t.Key))];
    }

    private const string Version = "metadata:\n  version: 1.0\n";

    private static string NameOf(string task) => $"ehr_bench_{task.ToLowerInvariant()}";

    private static string Row(BenchmarkSample sample, ExportOptions options) => JsonSerializer.Serialize(
        new
        {
            id = sample.Id,
            subject_id = sample.SubjectId,
            prompt = options.Prompt(sample),
            answer = sample.Kind == TaskKind.Risk ? sample.Labels[0] : string.Join('\n', sample.Labels),
            labels = sample.Labels,
            target = sample.Kind == TaskKind.Risk ? (sample.Labels[0] == "yes" ? 0 : 1) : (int?)null,
            candidates = sample.Candidates,
        },
        EvaluationJson.Lines);

    private static string Group(string name, IEnumerable<string> members) => $"group: {name}\ntask:\n{string.Concat(members.Select(m => $"  - {m}\n"))}";

    private static string Task(TaskDefinition task)
    {
        var head = $$$"""
            task: {{{NameOf(task.Name)}}}
            dataset_path: json
            dataset_kwargs:
              data_files:
                test: data/{{{task.Name}}}.jsonl
            test_split: test
            num_fewshot: 0
            doc_to_text: "{{prompt}}"

            """;
        return head + (task.Kind == TaskKind.Risk
            ? """
              output_type: multiple_choice
              doc_to_choice:
                - "yes"
                - "no"
              doc_to_target: target
              target_delimiter: "\n"
              process_results: !function utils.process_risk
              metric_list:
                - metric: auroc
                  aggregation: !function utils.auroc
                  higher_is_better: true
                - metric: auprc
                  aggregation: !function utils.auprc
                  higher_is_better: true
                - metric: brier
                  aggregation: mean
                  higher_is_better: false

              """
            : """
              output_type: generate_until
              doc_to_target: "{{answer}}"
              process_results: !function utils.process_decision
              generation_kwargs:
                until: []
                max_gen_toks: 128
                do_sample: false
                temperature: 0.0
              metric_list:
                - metric: f1
                  aggregation: mean
                  higher_is_better: true
                - metric: precision
                  aggregation: mean
                  higher_is_better: true
                - metric: recall
                  aggregation: mean
                  higher_is_better: true

              """) + Version;
    }
}
