using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Cli.Tests;
using YamlDotNet.RepresentationModel;

namespace EhrR1.Training.Tests;

public sealed partial class TrainingExportTests(ExportWorkspace made) : IClassFixture<ExportWorkspace>
{
    private const string StandIn = """
        #!/usr/bin/env bash
        set -eu
        at=models/stage$STAGE
        case "$(basename "$0") $*" in
          accelerate*) mkdir -p "$at" ;;
          torchrun* | *main_ppo*) mkdir -p "$at/global_step_3" ;;
          *model_merger*) mkdir -p "$at/hf.new/lora_adapter" ;;
          *merge_lora*) echo "$(basename "$1") ${*:2}" >> "$CALLS"; mkdir -p "$4" ;;
        esac
        """;

    private const string StandInPeft = """
        import json, os
        class PeftModel:
            @classmethod
            def from_pretrained(cls, model, path):
                model.text += " with alpha " + str(json.load(open(os.path.join(path, "adapter_config.json")))["lora_alpha"])
                return model
        """;

    private const string StandInTransformers = """
        import os
        class Model:
            @classmethod
            def from_pretrained(cls, path):
                made = cls()
                made.text = path
                return made
            def merge_and_unload(self):
                return self
            def to(self, dtype):
                self.text += " in " + dtype
                return self
            def save_pretrained(self, path):
                os.makedirs(path, exist_ok=True)
                open(os.path.join(path, self.file), "w").write(self.text)
        class AutoModelForCausalLM(Model):
            file = "model.txt"
        class AutoTokenizer(Model):
            file = "tokenizer.txt"
        """;

    public static TheoryData<ExportEngine, int, bool, bool> Clusters() => new()
    {
        { ExportEngine.Trl, 1, false, true },
        { ExportEngine.Trl, 3, true, true },
        { ExportEngine.Verl, 1, false, true },
        { ExportEngine.Verl, 2, true, false },
    };

    [Theory, MemberData(nameof(Clusters))]
    public async Task Write_ForACluster_IsAsReviewedAndSound(ExportEngine engine, int nodes, bool slurm, bool withReasoning)
    {
        using var folder = new TemporaryFolder();
        Write(folder.PathOf("out"), Options(engine) with { Nodes = nodes, Slurm = slurm, Reasoning = withReasoning ? made.Reasoning : null });
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder.PathOf("out"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder.PathOf("out"), file).Replace('\\', '/');
            text.Append($"===== {name}\n");
            // The instruction sets have tests of their own; the hook is a file of the sources.
            if (!name.StartsWith("data/", StringComparison.Ordinal) && !name.EndsWith(".py", StringComparison.Ordinal))
                text.Append(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            if (!name.StartsWith("data/", StringComparison.Ordinal))
                await CheckAsync(file);
        }

        Snapshot.ShouldMatch(text.ToString(), $"{engine.ToString().ToLowerInvariant()}-{nodes}.expected.txt");
    }

    [Theory]
    [InlineData(1, 8), InlineData(2, 8), InlineData(8, 8), InlineData(3, 4), InlineData(5, 7)]
    public void Write_AnyCluster_MultipliesToThePublishedBatchOrSaysSo(int nodes, int gpus)
    {
        using var folder = new TemporaryFolder();
        var result = Write(folder.PathOf("out"), Options(ExportEngine.Trl) with { Nodes = nodes, GpusPerNode = gpus });
        (int Stage, int Batch, int Nodes)[] published = [(1, 64, nodes), (2, 512, nodes), (3, 1_024, nodes > 1 ? nodes - 1 : 1)];
        foreach (var (stage, batch, used) in published)
        {
            var yaml = Yaml(folder.PathOf("out", $"stage{stage}.yaml"));
            var product = Number(yaml["per_device_train_batch_size"]) * Number(yaml["gradient_accumulation_steps"]) * used * gpus;
            if (product != batch)
                result.Notes.ShouldContain(n => n.StartsWith($"Stage {stage}:", StringComparison.Ordinal) && n.Contains($"is {product:#,0} here", StringComparison.Ordinal));
            if (stage == 3)
                (product % 16).ShouldBe(0);
        }
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytesAndKeepsTheInstructionSets()
    {
        using var folder = new TemporaryFolder();
        var options = Options(ExportEngine.Trl) with { Reasoning = made.Reasoning };
        string[] Hashes() => [.. Directory.EnumerateFiles(folder.PathOf("out"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {FileHash.OfFile(f)}")];
        Write(folder.PathOf("out"), options);
        var first = Hashes();
        Write(folder.PathOf("out"), options);
        Hashes().ShouldBe(first);
    }

    [Fact]
    public void Write_OverAnotherExport_LeavesNothingOfItAndAllThatIsNotOurs()
    {
        using var folder = new TemporaryFolder();
        string[] Files(string of) => [.. Directory.EnumerateFiles(folder.PathOf(of), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.PathOf(of), f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        var later = Options(ExportEngine.Verl);
        Write(folder.PathOf("fresh"), later);
        Write(folder.PathOf("out"), Options(ExportEngine.Trl) with { Nodes = 3, Slurm = true, Lora = new LowRankOptions(), Reasoning = made.Reasoning });
        // What a larger set once left, and what an export that was killed did.
        File.WriteAllText(folder.PathOf("out", "data", "stage2", "train-reasoning-00007.parquet"), "");
        File.WriteAllText(folder.PathOf("out", "data", "stage2", "train-direct-00007.parquet.partial"), "");
        string[] strangers = ["data/stage1/train-mine.parquet", "models/stage1/hf/config.json", "notes.sh", "stage4.yaml"];
        foreach (var stranger in strangers)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf("out", stranger))!);
            File.WriteAllText(folder.PathOf("out", stranger), "");
        }

        Write(folder.PathOf("out"), later);
        Files("out").ShouldBe(Files("fresh").Concat(strangers).Order(StringComparer.Ordinal));
        Directory.Exists(folder.PathOf("out", "data", "stage2")).ShouldBeFalse();
    }

    [Fact]
    public void Write_SmallerReasoningSet_LeavesItsCasesAlone()
    {
        using var folder = new TemporaryFolder();
        var options = Options(ExportEngine.Trl) with { Reasoning = made.Reasoning };
        Write(folder.PathOf("out"), options);
        var stale = folder.PathOf("out", "data", "stage2", "train-reasoning-00001.parquet");
        File.Copy(folder.PathOf("out", "data", "stage2", "train-reasoning-00000.parquet"), stale);
        Write(folder.PathOf("out"), options);
        // TRL reads all that the folder holds.
        Directory.EnumerateFiles(folder.PathOf("out", "data", "stage2")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["train-direct-00000.parquet", "train-reasoning-00000.parquet"]);
    }

    [Fact]
    public void Write_TrlOnOneNode_SharesEachGpuBetweenTrainingAndCompletions()
    {
        using var folder = new TemporaryFolder();
        Write(folder.PathOf("8b"), Options(ExportEngine.Trl));
        var fits = Yaml(folder.PathOf("8b", "stage3.yaml"));
        // 15.3 GiB of weights are more than half of 0.3 × 80 GiB.
        (fits["vllm_gpu_memory_utilization"], fits["vllm_tensor_parallel_size"]).ShouldBe(("0.3", "2"));

        // Two GPUs to a copy would not come out even.
        Write(folder.PathOf("odd"), Options(ExportEngine.Trl) with { GpusPerNode = 3 });
        Yaml(folder.PathOf("odd", "stage3.yaml"))["vllm_tensor_parallel_size"].ShouldBe("1");

        // 0.7 × 40 GiB are short for training, which has room enough in 40; vLLM gets along with 12.
        var (name, config) = KnownModels.Find("Qwen/Qwen3-8B");
        MemoryPlan.Of(config, new PlanOptions { Stage = PaperStage.Rl, Gpus = 8, GpuBytes = 40L << 30 }).Fits.ShouldBeTrue();
        var options = Options(ExportEngine.Trl) with { GpuBytes = 40L << 30 };
        var short_ = Write(folder.PathOf("short"), options);
        short_.Notes.ShouldContain(n => n.StartsWith($"Stage 3 does not fit into the 28 GiB of each GPU that vLLM leaves to it. What to change: ehr-r1 plan {name} --gpus 8x28 --stage rl", StringComparison.Ordinal));
        Write(folder.PathOf("apart"), options with { Nodes = 2 }).Notes.ShouldNotContain(n => n.Contains("Stage 3", StringComparison.Ordinal));

        // No cut over one GPU lets 24 GiB hold a model of 28.
        var large = KnownModels.Find("Qwen/Qwen3-14B");
        Write(folder.PathOf("14b"), Options(ExportEngine.Trl) with { Model = large.Name, Config = large.Config, GpusPerNode = 1 }).Notes
            .ShouldContain("Stage 3: the GPUs of a node have no room for the model and one completion in the share of 0.3 that vLLM gets beside the training; with --nodes 2 completions have a node of their own.");
    }

    [Fact]
    public void Write_Trl_SplitsMessagesIntoPromptAndCompletion()
    {
        using var folder = new TemporaryFolder();
        Write(folder.PathOf("out"), Options(ExportEngine.Trl) with { Reasoning = made.Reasoning });
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var (first, second) = ($"{folder.PathOf("out")}/data/stage1", $"{folder.PathOf("out")}/data/stage2");
        var rows = Row(connection, $"SELECT count(*), count(*) FILTER (len(prompt) = 2 AND prompt[1].role = 'system' AND prompt[2].role = 'user' AND len(completion) = 1 AND completion[1].role = 'assistant') FROM '{first}/*.parquet'");
        rows[0].ShouldBeGreaterThan(50);
        rows[1].ShouldBe(rows[0]);
        Row(connection, $"SELECT count(*) FROM '{second}/train-reasoning-*.parquet' WHERE contains(completion[1].content, '## Reasoning') AND prompt[2].content = 'Why?'")[0].ShouldBe(5);
        Row(connection, $"SELECT count(*) FROM '{second}/train-direct-*.parquet' d ANTI JOIN '{first}/*.parquet' USING (id)")[0].ShouldBe(0);
        // About as many direct ones as reasoning ones.
        Row(connection, $"SELECT count(*) FROM '{second}/train-direct-*.parquet'")[0].ShouldBeInRange(1, 15);
    }

    [Fact]
    public async Task Export_OfASyntheticHospital_SaysWhatToDoNext()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        using var terminal = new CliTerminal(output, output) { Folder = folder.FullPath };
        foreach (var line in (string[])["synth --patients 12 --seed 1 --out hospital", "build --source hospital --out w"])
            (await CliApplication.RunAsync(line.Split(' '), terminal, TestContext.Current.CancellationToken)).ShouldBe(ExitCode.Done, output.ToString());
        var ran = await TrainingRunner.RunAsync(folder.FullPath, "train", "export", "verl", "w", "--model", "Qwen/Qwen3-1.7B", "--nodes", "2", "--gpus", "4", "--gpu-memory", "40", "--slurm", "--per-task", "20", "--prompts-per-task", "5", "--tasks", "labevents", "diagnosis", "--lora", "8", "--lora-alpha", "24", "--out", "cluster");
        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        ran.Out.ShouldContain("prompts for verl");
        ran.Out.ShouldContain("Next: read ");
        const string Command = "ehr-r1 train export verl w --model Qwen/Qwen3-1.7B --nodes 2 --gpus 4 --gpu-memory 40 --slurm --lora-alpha 24 --per-task 20 --prompts-per-task 5 --tasks labevents diagnosis --lora 8 --out cluster";
        var readme = await File.ReadAllTextAsync(folder.PathOf("cluster", "README.md"), TestContext.Current.CancellationToken);
        readme.ShouldContain($"`{Command}`");
        // Given again as it stands there, it finds its own data.
        var again = await TrainingRunner.RunAsync(folder.FullPath, ShellWords.Of(Command));
        again.Code.ShouldBe(ExitCode.Done, again.Error);
        (await File.ReadAllTextAsync(folder.PathOf("cluster", "README.md"), TestContext.Current.CancellationToken)).ShouldBe(readme);
    }

    [Theory]
    [InlineData("needs an engine and a workspace", "train", "export", "keras", "w", "--model", "Qwen3-8B", "--out", "o")]
    [InlineData("No model is named", "train", "export", "trl", "w", "--out", "o")]
    [InlineData("No folder to write", "train", "export", "trl", "w", "--model", "Qwen3-8B")]
    [InlineData("neither built in", "train", "export", "trl", "w", "--model", "gpt-9", "--out", "o")]
    public async Task Export_WrongArguments_AreTheUsersErrors(string expected, params string[] arguments)
    {
        var (code, _, error) = await TrainingRunner.RunAsync(made.Folder, arguments);
        code.ShouldBe(ExitCode.User);
        error.ShouldContain(expected);
    }

    [Theory, InlineData(ExportEngine.Trl), InlineData(ExportEngine.Verl)]
    public void Write_Lora_SetsTheEnginesFieldsAndTenTimesTheRate(ExportEngine engine)
    {
        using var folder = new TemporaryFolder();
        var result = Write(folder.PathOf("out"), Options(engine) with { Lora = new LowRankOptions { Rank = 8, Alpha = 24, Targets = ["q_proj", "v_proj"] } });
        result.Notes.ShouldContain(n => n.StartsWith("LoRA of rank 8 and alpha 24 on q_proj, v_proj;", StringComparison.Ordinal));
        File.ReadAllText(folder.PathOf("out", "merge_lora.py")).ShouldContain("!= 24:");
        if (engine == ExportEngine.Verl)
        {
            string[] second = File.ReadAllLines(folder.PathOf("out", "stage2.args")), third = File.ReadAllLines(folder.PathOf("out", "stage3.args"));
            ((string[])["++model.lora_rank=8", "++model.lora_alpha=24", "++model.target_modules=[q_proj,v_proj]", "optim.lr=2.0e-04"]).ShouldBeSubsetOf(second);
            ((string[])["actor_rollout_ref.model.lora_rank=8", "actor_rollout_ref.model.lora_alpha=24", "actor_rollout_ref.model.target_modules=[q_proj,v_proj]", "actor_rollout_ref.rollout.load_format=safetensors", "actor_rollout_ref.actor.optim.lr=2.0e-05"]).ShouldBeSubsetOf(third);
            return;
        }

        foreach (var (stage, rate, model) in ((int, string, string)[])[(1, "2.0e-04", "Qwen/Qwen3-8B"), (2, "2.0e-04", "models/stage1/hf"), (3, "2.0e-05", "models/stage2/hf")])
        {
            var yaml = Yaml(folder.PathOf("out", $"stage{stage}.yaml"));
            ((string[])[yaml["use_peft"], yaml["lora_r"], yaml["lora_alpha"], yaml["lora_dropout"], yaml["lora_target_modules"], yaml["learning_rate"], yaml["model_name_or_path"]]).ShouldBe(["true", "8", "24", "0.0", "[ q_proj, v_proj ]", rate, model]);
        }
    }

    [Fact]
    public void Write_LoraWhereAllWeightsDoNotFit_HasMoreRoom()
    {
        using var folder = new TemporaryFolder();
        var options = Options(ExportEngine.Trl) with { GpusPerNode = 1 };
        Write(folder.PathOf("all"), options).Notes.ShouldContain(n => n.StartsWith("Stage 1 does not fit", StringComparison.Ordinal));
        Write(folder.PathOf("lora"), options with { Lora = new LowRankOptions() }).Notes.ShouldNotContain(n => n.StartsWith("Stage 1 does not fit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ExportEngine.Trl, "merge_lora.py Qwen/Qwen3-8B models/stage1 models/stage1/hf", "merge_lora.py models/stage1/hf models/stage2 models/stage2/hf", "merge_lora.py models/stage2/hf models/stage3 models/stage3/hf")]
    [InlineData(ExportEngine.Verl, "merge_lora.py models/stage1/hf.new models/stage1/hf.new/lora_adapter models/stage1/hf.new", "merge_lora.py models/stage2/hf.new models/stage2/hf.new/lora_adapter models/stage2/hf.new", "merge_lora.py models/stage3/hf.new models/stage3/hf.new/lora_adapter models/stage3/hf.new")]
    public async Task Scripts_WithLora_MergeAfterEachStage(ExportEngine engine, params string[] merges)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are for a cluster's bash.");
        using var folder = new TemporaryFolder();
        Write(folder.PathOf("out"), Options(engine) with { Reasoning = made.Reasoning, Lora = new LowRankOptions() });
        // Stand-ins for the engines: they leave what the engines leave, and write down how they were called.
        foreach (var name in (string[])["accelerate", "torchrun", "python3"])
        {
            var path = folder.PathOf(name);
            await File.WriteAllTextAsync(path, StandIn, TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = folder.FullPath + ":" + Environment.GetEnvironmentVariable("PATH"), ["CALLS"] = folder.PathOf("calls") };
        for (var stage = 1; stage <= 3; stage++)
        {
            var ran = await Shell.RunAsync("bash", [folder.PathOf("out", $"run-stage{stage}.sh")], new Dictionary<string, string>(variables, StringComparer.Ordinal) { ["STAGE"] = $"{stage}" });
            ran!.Value.Code.ShouldBe(0, ran.Value.Text);
            Directory.Exists(folder.PathOf("out", "models", $"stage{stage}", "hf")).ShouldBeTrue();
        }

        (await File.ReadAllLinesAsync(folder.PathOf("calls"), TestContext.Current.CancellationToken)).ShouldBe(merges);
    }

    [Fact]
    public async Task MergeLora_AdapterWithoutAlpha_SetsItAndReplacesTheModelWhole()
    {
        using var folder = new TemporaryFolder();
        Write(folder.PathOf("out"), Options(ExportEngine.Verl) with { Lora = new LowRankOptions { Rank = 8, Alpha = 24 } });
        // Stand-ins for the libraries: they say what they were given.
        foreach (var (name, text) in ((string, string)[])[("torch", "bfloat16 = 'bf16'\n"), ("peft", StandInPeft), ("transformers", StandInTransformers)])
            await File.WriteAllTextAsync(folder.PathOf(name + ".py"), text, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder.PathOf("hf", "lora_adapter"));
        await File.WriteAllTextAsync(folder.PathOf("hf", "lora_adapter", "adapter_config.json"), """{"r": 8, "lora_alpha": 0}""", TestContext.Current.CancellationToken);
        var ran = await Shell.RunAsync("python3", [folder.PathOf("out", "merge_lora.py"), folder.PathOf("hf"), folder.PathOf("hf", "lora_adapter"), folder.PathOf("hf")], new Dictionary<string, string>(StringComparer.Ordinal) { ["PYTHONPATH"] = folder.FullPath, ["PYTHONDONTWRITEBYTECODE"] = "1" });
        Assert.SkipWhen(ran is null, "There is no Python here.");
        ran!.Value.Code.ShouldBe(0, ran.Value.Text);
        Directory.EnumerateFileSystemEntries(folder.PathOf("hf")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["model.txt", "tokenizer.txt"]);
        (await File.ReadAllTextAsync(folder.PathOf("hf", "model.txt"), TestContext.Current.CancellationToken)).ShouldBe($"{folder.PathOf("hf")} with alpha 24 in bf16");
        Directory.Exists(folder.PathOf("hf.merging")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("need --lora", "--lora-alpha", "8")]
    [InlineData("cannot be attached to lm_head", "--lora", "8", "--lora-targets", "q_proj,lm_head")]
    public async Task Export_WrongLora_IsTheUsersError(string expected, params string[] lora)
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await TrainingRunner.RunAsync(made.Folder, ["train", "export", "trl", made.Folder, "--model", "Qwen3-8B", "--out", folder.PathOf("o"), .. lora]);
        code.ShouldBe(ExitCode.User);
        error.ShouldContain(expected);
    }

    [Fact]
    public void Write_ReasoningThatIsNone_IsTheUsersError()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<EhrR1Exception>(() => Write(folder.PathOf("out"), Options(ExportEngine.Trl) with { Reasoning = made.Folder })).Message.ShouldContain("no finished instruction set");
    }

    private static TrainingExportOptions Options(ExportEngine engine)
    {
        var (name, config) = KnownModels.Find("Qwen/Qwen3-8B");
        return new TrainingExportOptions { Engine = engine, Model = name, Config = config, Command = "ehr-r1 train export …" };
    }

    private TrainingExportResult Write(string to, TrainingExportOptions options)
    {
        using var workspace = Workspace.Open(made.Folder);
        return TrainingExport.Write(workspace, to, options, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task CheckAsync(string file)
    {
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        text.ShouldNotContain("{{", customMessage: file);
        switch (Path.GetExtension(file))
        {
            case ".yaml":
                Yaml(file).ShouldNotBeEmpty();
                break;
            case ".args":
                foreach (var line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
                    line.ShouldMatch(@"^(\+\+)?[a-z_.]+=\S+$");
                break;
            case ".sh" or ".sbatch":
                if (!OperatingSystem.IsWindows() && await Shell.RunAsync("bash", ["-n", file]) is { } bash)
                    bash.ShouldBe((0, ""), file);
                if (await Shell.RunAsync("shellcheck", ["-s", "bash", file]) is { } check)
                    check.ShouldBe((0, ""), file);
                break;
        }
    }

    private static Dictionary<string, string> Yaml(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        var map = ((YamlMappingNode)yaml.Documents.Single().RootNode).Children.ToDictionary(c => c.Key.ToString(), c => c.Value.ToString(), StringComparer.Ordinal);
        // What PyYAML takes for a text: an exponent without a point or a sign.
        map.Values.ShouldAllBe(v => !BareExponent().IsMatch(v));
        return map;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static List<long> Row(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetInt64(i))];
    }

    [GeneratedRegex(@"^\d+e-?\d+$")]
    private static partial Regex BareExponent();
}
