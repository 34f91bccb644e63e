using System.Diagnostics;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Scoring;
using EhrR1.Tasks;
using YamlDotNet.RepresentationModel;

namespace EhrR1.Evaluation.Tests;

public sealed class HarnessExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LmEval_EveryTask_IsAYamlFileWithItsData()
    {
        var result = LmEvalExport.Write(Bench(discharge: true), _folder.PathOf("out"));
        result.Tasks.ShouldBe([.. TaskCatalog.Tasks.Where(t => TinyBench.Tasks.Contains(t.Name)).Select(t => KeyValuePair.Create(t.Name, 24))]);
        result.LeftOut.ShouldBe(["discharge"]);
        foreach (var (task, count) in result.Tasks)
        {
            var yaml = Yaml($"ehr_bench_{task.ToLowerInvariant()}.yaml");
            var isRisk = TaskCatalog.Get(task).Kind == TaskKind.Risk;
            Text(yaml, "output_type").ShouldBe(isRisk ? "multiple_choice" : "generate_until");
            Text(yaml, "dataset_path").ShouldBe("json");
            var data = Text((YamlMappingNode)((YamlMappingNode)yaml["dataset_kwargs"])["data_files"], "test");
            var rows = File.ReadAllLines(_folder.PathOf("out", data));
            rows.Length.ShouldBe(count);
            using var row = JsonDocument.Parse(rows[0]);
            row.RootElement.GetProperty("prompt").GetString()!.ShouldEndWith(TaskCatalog.Get(task).Instruction);
            Text(yaml, "doc_to_text").ShouldBe("{{prompt}}");
            if (isRisk)
                ((YamlSequenceNode)yaml["doc_to_choice"])[row.RootElement.GetProperty("target").GetInt32()].ToString().ShouldBe(row.RootElement.GetProperty("answer").GetString());
            ((YamlScalarNode)yaml["process_results"]).Tag.ToString().ShouldBe("!function");
        }
    }

    [Fact]
    public void LmEval_Groups_AreMacroMeansOfTheTasksThatAreThere()
    {
        LmEvalExport.Write(Bench(), _folder.PathOf("out"));
        Members("_ehr_bench.yaml").ShouldBe(["ehr_bench_decision", "ehr_bench_risk"]);
        Members("_ehr_bench_decision.yaml").ShouldBe(["ehr_bench_services", "ehr_bench_labevents"], ignoreOrder: true);
        Members("_ehr_bench_extra.yaml").ShouldBe(["ehr_bench_pyxis"]);
        var metric = (YamlMappingNode)((YamlSequenceNode)Yaml("_ehr_bench_risk.yaml")["aggregate_metric_list"])[0];
        (Text(metric, "metric"), Text(metric, "weight_by_size")).ShouldBe(("auroc", "false"));
    }

    [Fact]
    public void LmEval_Python_ScoresAsTheLibraryDoes()
    {
        LmEvalExport.Write(Bench(), _folder.PathOf("out"));
        (string Output, string[] Labels)[] decisions = [("Sodium\nGlucose", ["Sodium", "Potassium"]), ("<think>a\nb</think>\n SODIUM\\nsodium", ["sodium"]), ("<think>a", ["b"]), ("", []), ("x", [])];
        double[] yes = [-0.1, -2.5, -0.7, -0.7, -3, -900], no = [-2.4, -0.08, -0.7, -0.7, -0.2, -0.1];
        int[] outcomes = [1, 0, 1, 0, 1, 0];
        File.WriteAllText(_folder.PathOf("out", "case.json"), JsonSerializer.Serialize(new { outputs = decisions.Select(d => d.Output), labels = decisions.Select(d => d.Labels), yes, no, outcomes }));
        const string Script = """
            import json, utils
            case = json.load(open("case.json"))
            decisions = [utils.process_decision({"labels": l}, [o])["f1"] for o, l in zip(case["outputs"], case["labels"])]
            risks = [utils.process_risk({"target": 1 - y}, [(a, False), (b, False)]) for a, b, y in zip(case["yes"], case["no"], case["outcomes"])]
            print(json.dumps({"f1": decisions, "auroc": utils.auroc([r["auroc"] for r in risks]), "auprc": utils.auprc([r["auprc"] for r in risks]), "brier": sum(r["brier"] for r in risks) / len(risks)}))
            """;
        using var scored = JsonDocument.Parse(Python(Script));
        scored.RootElement.GetProperty("f1").EnumerateArray().Select(v => v.GetDouble()).ShouldBe(decisions.Select(d => SetScore.Of(d.Output, d.Labels).F1));
        var columns = new BinaryOutcomes([.. yes.Zip(no, (a, b) => 1 / (1 + Math.Exp(Math.Clamp(b - a, -700, 700))))], [.. outcomes.Select(o => o == 1)]);
        scored.RootElement.GetProperty("auroc").GetDouble().ShouldBe(Auroc.Of(columns), 1e-12);
        scored.RootElement.GetProperty("auprc").GetDouble().ShouldBe(AveragePrecision.Of(columns), 1e-12);
        scored.RootElement.GetProperty("brier").GetDouble().ShouldBe(Brier.Of(columns), 1e-12);
    }

    [Fact]
    public void Helm_EveryTask_HasPromptDataAndConfiguration()
    {
        var result = HelmExport.Write(Bench(), _folder.PathOf("out"), new ExportOptions { Limit = 3 });
        foreach (var (task, count) in result.Tasks)
        {
            var yaml = Yaml($"{task}.yaml");
            File.ReadAllText(_folder.PathOf("out", Text(yaml, "prompt_file"))).ShouldBe("{prompt}");
            count.ShouldBe(3);
            var metric = (YamlMappingNode)((YamlSequenceNode)yaml["metrics"])[0];
            (Text(metric, "name"), Text(metric, "main")).ShouldBe((TaskCatalog.Get(task).Kind == TaskKind.Risk ? "exact_match" : "rouge_1", "true"));
            File.ReadAllText(_folder.PathOf("out", "ehr_bench.conf")).ShouldContain($"config_path={task}.yaml");
        }

        const string Script = """
            import csv, json
            rows = list(csv.DictReader(open("Inpatient_Mortality.csv", encoding="utf-8", newline="")))
            print(json.dumps([{**row, "incorrect_answers": json.loads(row["incorrect_answers"])} for row in rows]))
            """;
        using var rows = JsonDocument.Parse(Python(Script));
        rows.RootElement.GetArrayLength().ShouldBe(3);
        foreach (var (row, sample) in rows.RootElement.EnumerateArray().Zip(Bench().Read().Where(s => s.Task == "Inpatient_Mortality")))
        {
            row.GetProperty("prompt").GetString().ShouldBe(sample.Prompt);
            row.GetProperty("correct_answer").GetString().ShouldBe(sample.Labels[0]);
            row.GetProperty("incorrect_answers").EnumerateArray().Single().GetString().ShouldBe(sample.Labels[0] == "yes" ? "no" : "yes");
        }
    }

    [Fact]
    public void Write_TaskWithoutSamples_IsTheUsersErrorAndLeavesNoData()
    {
        var error = Should.Throw<EhrR1Exception>(() => HelmExport.Write(Bench(), _folder.PathOf("out"), new ExportOptions { Tasks = ["omr"] }));
        error.Message.ShouldContain("no sample of these tasks");
        Directory.Exists(_folder.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public void Write_ChartText_IsReadableByItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        LmEvalExport.Write(Bench(), _folder.PathOf("out"));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_folder.PathOf("out", "data", "labevents.jsonl")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private BenchmarkSource Bench(bool discharge = false) => BenchmarkSource.Open(TinyBench.Write(_folder.PathOf("bench"), discharge: discharge));

    private YamlMappingNode Yaml(string file)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(File.ReadAllText(_folder.PathOf("out", file)));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private IEnumerable<string> Members(string file) => ((YamlSequenceNode)Yaml(file)["task"]).Select(n => n.ToString());

    private static string Text(YamlMappingNode node, string name) => ((YamlScalarNode)node[name]).Value!;

    private string Python(string script)
    {
        var start = new ProcessStartInfo("python3", ["-B", "-c", script]) { WorkingDirectory = _folder.PathOf("out"), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 here.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, errors.Result);
            return output;
        }
    }
}
