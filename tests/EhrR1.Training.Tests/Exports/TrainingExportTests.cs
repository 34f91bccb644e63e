using System.Text;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Reasoning;
using EhrR1.Tasks;
using YamlDotNet.RepresentationModel;

namespace EhrR1.Training.Tests;

public sealed partial class TrainingExportTests
{
    public static TheoryData<string, int, bool, bool> Clusters() => new()
    {
        { "trl", 1, false, true },
        { "trl", 3, true, true },
        { "verl", 1, false, true },
        { "verl", 2, true, false },
    };

    [Theory, MemberData(nameof(Clusters))]
    public async Task Write_ForACluster_IsAsReviewedAndSound(string engine, int nodes, bool slurm, bool withReasoning)
    {
        using var folder = new TemporaryFolder();
        Rewarded.Build(folder.PathOf("w"));
        string[] reasoning = withReasoning ? ["--reasoning", MakeReasoning(folder, "reason")] : [];
        string[] arguments = ["train", "export", engine, "w", "--model", "Qwen/Qwen3-8B", "--nodes", $"{nodes}", "--gpus", "8", "--out", "out", .. slurm ? ["--slurm"] : Array.Empty<string>(), .. reasoning];
        var (code, output, error) = await TrainingRunner.RunAsync(folder.FullPath, arguments);
        code.ShouldBe(ExitCode.Done, error);
        var text = new StringBuilder($"$ ehr-r1 {string.Join(' ', arguments).Replace(folder.FullPath + "/", "", StringComparison.Ordinal)}\n{output.Replace(folder.FullPath, "", StringComparison.Ordinal)}\n");
        foreach (var file in Directory.EnumerateFiles(folder.PathOf("out"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder.PathOf("out"), file).Replace('\\', '/');
            // The instruction sets have tests of their own; the hook is a file of the sources.
            if (name.EndsWith(".parquet", StringComparison.Ordinal) || name.StartsWith("data/", StringComparison.Ordinal) || name.EndsWith(".py", StringComparison.Ordinal))
                text.Append($"===== {name}\n");
            else
                text.Append($"===== {name}\n{await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)}");
            await CheckAsync(file);
        }

        Snapshot.ShouldMatch(text.ToString(), $"{engine}-{nodes}.expected.txt");
    }

    [Theory]
    [InlineData(1, 8), InlineData(2, 8), InlineData(8, 8), InlineData(3, 4), InlineData(5, 7)]
    public void Write_AnyCluster_MultipliesToThePublishedBatchOrSaysSo(int nodes, int gpus)
    {
        using var folder = new TemporaryFolder();
        Rewarded.Build(folder.PathOf("w"));
        using var workspace = Workspace.Open(folder.PathOf("w"));
        var (name, config) = KnownModels.Find("Qwen/Qwen3-8B");
        var result = TrainingExport.Write(workspace, folder.PathOf("out"), new TrainingExportOptions { Engine = ExportEngine.Trl, Model = name, Config = config, Nodes = nodes, GpusPerNode = gpus }, cancellationToken: TestContext.Current.CancellationToken);
        (int Stage, int Batch, int Nodes)[] published = [(1, 64, nodes), (2, 512, nodes), (3, 1_024, nodes > 1 ? nodes - 1 : 1)];
        foreach (var (stage, batch, used) in published)
        {
            var yaml = Yaml(folder.PathOf("out", $"stage{stage}.yaml"));
            var product = int.Parse(yaml["per_device_train_batch_size"], System.Globalization.CultureInfo.InvariantCulture) * int.Parse(yaml["gradient_accumulation_steps"], System.Globalization.CultureInfo.InvariantCulture) * used * gpus;
            if (product != batch)
                result.Notes.ShouldContain(n => n.StartsWith($"Stage {stage}:", StringComparison.Ordinal) && n.Contains($"is {product:#,0} here", StringComparison.Ordinal));
            if (stage == 3)
                (product % 16).ShouldBe(0);
        }
    }

    [Fact]
    public void Write_Trl_SplitsMessagesIntoPromptAndCompletion()
    {
        using var folder = new TemporaryFolder();
        Rewarded.Build(folder.PathOf("w"));
        using var workspace = Workspace.Open(folder.PathOf("w"));
        var (name, config) = KnownModels.Find("Qwen/Qwen3-8B");
        TrainingExport.Write(workspace, folder.PathOf("out"), new TrainingExportOptions { Engine = ExportEngine.Trl, Model = name, Config = config, Reasoning = MakeReasoning(folder, "r") }, cancellationToken: TestContext.Current.CancellationToken);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Rows(connection, $"SELECT count(*), count(*) FILTER (len(prompt) = 2 AND prompt[1].role = 'system' AND prompt[2].role = 'user' AND len(completion) = 1 AND completion[1].role = 'assistant') FROM '{folder.PathOf("out")}/data/stage1/*.parquet'").ShouldSatisfyAllConditions(
            r => r[0].ShouldNotBe("0"), r => r[1].ShouldBe(r[0]));
        Rows(connection, $"SELECT count(*) FROM '{folder.PathOf("out")}/data/stage2/train-reasoning-*.parquet' WHERE contains(completion[1].content, '## Reasoning')")[0].ShouldBe("1");
        // As many direct ones as reasoning ones, about: of a few cases chance decides.
        Rows(connection, $"SELECT count(*) FROM '{folder.PathOf("out")}/data/stage2/train-direct-*.parquet' d ANTI JOIN '{folder.PathOf("out")}/data/stage1/*.parquet' USING (id)")[0].ShouldBe("0");
    }

    [Theory]
    [InlineData("needs an engine and a workspace", "train", "export", "keras", "w", "--model", "Qwen3-8B", "--out", "o")]
    [InlineData("No model is named", "train", "export", "trl", "w", "--out", "o")]
    [InlineData("No folder to write", "train", "export", "trl", "w", "--model", "Qwen3-8B")]
    [InlineData("neither built in", "train", "export", "trl", "w", "--model", "gpt-9", "--out", "o")]
    [InlineData("no finished instruction set", "train", "export", "trl", "w", "--model", "Qwen3-8B", "--out", "o", "--reasoning", "w")]
    public async Task Export_WrongArguments_AreTheUsersErrors(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Rewarded.Build(folder.PathOf("w"));
        var (code, _, error) = await TrainingRunner.RunAsync(folder.FullPath, arguments);
        code.ShouldBe(ExitCode.User);
        error.ShouldContain(expected);
    }

    /// <summary>A reasoning set of the one sample, as 'ins reason' writes it.</summary>
    private static string MakeReasoning(TemporaryFolder folder, string name)
    {
        using var workspace = Workspace.Open(folder.PathOf("w"));
        using var index = TaskIndexStore.Open(workspace);
        var row = index.ReadTask("prescriptions").Single();
        var to = folder.PathOf(name);
        Directory.CreateDirectory(Path.Combine(to, "data"));
        CaseFile.Write(Path.Combine(to, "data", "train-00000.jsonl"), InstructionFormat.JsonLines,
        [
            new InstructionCase
            {
                Id = row.Id + "-0", SampleId = row.Id, SubjectId = 1, Task = row.Definition, Split = "train", Kind = InstructionKind.Reasoning, Teacher = "narrator", Labels = row.Labels,
                User = "…".AsMemory(), Assistant = Rewarded.Completion(), Tokens = 100,
            },
        ]);
        new InstructionManifest
        {
            Kind = "reasoning", Fingerprint = "f", Settings = [], Source = [], Cases = 1, Tasks = new Dictionary<string, long>(StringComparer.Ordinal) { ["prescriptions"] = 1 }, Characters = 1, Tokens = 100, TokensBy = "estimate",
            Files = [new OutputFile("data/train-00000.jsonl", new FileInfo(Path.Combine(to, "data", "train-00000.jsonl")).Length, "0", 1)],
        }.WriteTo(to);
        return to;
    }

    private static async Task CheckAsync(string file)
    {
        var text = file.EndsWith(".parquet", StringComparison.Ordinal) ? "" : await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
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

    private static List<string> Rows(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString()!)];
    }

    [GeneratedRegex(@"^\d+e-?\d+$")]
    private static partial Regex BareExponent();
}
