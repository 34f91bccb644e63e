using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests;

/// <summary>What direct cases hold, in both formats.</summary>
public sealed class DirectCaseTests
{
    private const string Messages = "SELECT id, messages[1].role || messages[2].role || messages[3].role, messages[1].content, messages[2].content, messages[3].content, len(messages), task, task_type, split, kind, subject_id, teacher, array_to_string(labels, '|'), sample_id FROM ";

    [Theory]
    [InlineData(ChartProfile.EhrBench, InstructionFormat.Parquet)]
    [InlineData(ChartProfile.EhrBench, InstructionFormat.JsonLines)]
    [InlineData(ChartProfile.Strict, InstructionFormat.Parquet)]
    public void Write_AllSamples_AreConversationsOfTheirPromptAndAnswer(ChartProfile profile, InstructionFormat format)
    {
        using var workspace = new InsWorkspace(profile: profile);

        var manifest = workspace.Write("set", new InstructionOptions { Format = format, CasesPerFile = 30 });

        var samples = workspace.Samples();
        manifest.Cases.ShouldBe(samples.Count);
        var rows = Rows.Of(Messages + $"'{workspace.PathOf("set")}/data/train-*{CaseFile.EndingOf(format)}'");
        rows.Count.ShouldBe(samples.Count);
        foreach (var row in rows)
        {
            var sample = samples[row[0]];
            row[1].ShouldBe("systemuserassistant");
            row[2].ShouldBe("You are a helpful assistant.");
            row[3].ShouldBe($"{sample.Input}\n{sample.Instruction}\n/no_think");
            row[4].ShouldBe($"<think>\n\n</think>\n\n{sample.Output}");
            row[5..].ShouldBe(["3", sample.Task.Name, sample.Task.TaskType, "train", "direct", $"{sample.Row.SubjectId}", "NULL", string.Join('|', sample.Labels), sample.Id]);
        }
    }

    [Fact]
    public void Write_OneCase_IsThisText()
    {
        using var workspace = new InsWorkspace(1);
        workspace.Write("set", new InstructionOptions { Format = InstructionFormat.JsonLines, Tasks = ["services", "Inpatient_Mortality"] });

        using var line = JsonDocument.Parse(File.ReadLines(workspace.PathOf("set/data/train-00000-of-00001.jsonl")).Single());

        var text = string.Concat(line.RootElement.GetProperty("messages").EnumerateArray().Select(m => $"[{m.GetProperty("role")}]\n{m.GetProperty("content")}\n"));
        Snapshot.ShouldMatch(text, "OneCase.expected.txt");
    }

    [Fact]
    public void Write_Parquet_HasTheColumnsThatTrainersRead()
    {
        using var workspace = new InsWorkspace();
        workspace.Write("set");
        workspace.Write("lines", new InstructionOptions { Format = InstructionFormat.JsonLines });
        workspace.Write("prompts", kind: InstructionKind.Reinforcement);

        Snapshot.ShouldMatch($"{Rows.Columns($"{workspace.PathOf("set")}/data/*.parquet")}\n\n{Rows.Columns($"{workspace.PathOf("prompts")}/data/*.parquet")}\n", "Columns.expected.txt");
        // JSON Lines say the same; an empty column has no type there, and the order of fields is that of the file.
        Rows.Of($"SELECT id, messages, labels, tokens FROM '{workspace.PathOf("set")}/data/*.parquet' EXCEPT SELECT id, messages, labels, tokens FROM '{workspace.PathOf("lines")}/data/*.jsonl'").ShouldBeEmpty();
    }

    [Fact]
    public void Write_Prompts_HoldTheAnswerBesideThem()
    {
        using var workspace = new InsWorkspace();
        var manifest = workspace.Write("rl", new InstructionOptions { CasesPerFile = 20 }, InstructionKind.Reinforcement);
        workspace.Write("lines", new InstructionOptions { Format = InstructionFormat.JsonLines, CasesPerFile = 20 }, InstructionKind.Reinforcement);

        var samples = workspace.Samples();
        manifest.Files.Count.ShouldBeGreaterThan(1);
        var rows = Rows.Of($"SELECT id, prompt[1].role || prompt[2].role || len(prompt), prompt[2].content, data_source, ability, reward_model.style, reward_model.ground_truth, extra_info.split, extra_info.id, extra_info.task, extra_info.subject_id, task FROM '{workspace.PathOf("rl")}/data/*.parquet'");
        rows.Select(r => r[0]).ShouldBe(samples.Keys, ignoreOrder: true);
        foreach (var row in rows)
        {
            var sample = samples[row[0]];
            var isRisk = sample.Task.Kind == TaskKind.Risk;
            row[1].ShouldBe("systemuser2");
            row[2].ShouldBe($"{sample.Prompt}\n/{(isRisk ? "no_think" : "think")}");
            row[3..6].ShouldBe([$"ehr-ins/{sample.Task.Name}", sample.Task.TaskType, "rule"]);
            if (isRisk)
                row[6].ShouldBe(sample.Output);
            else
                JsonSerializer.Deserialize<string[]>(row[6]).ShouldBe(sample.Labels);
            row[7..].ShouldBe(["train", sample.Id, sample.Task.Name, $"{sample.Row.SubjectId}", sample.Task.Name]);
        }

        Rows.Of($"SELECT count(DISTINCT extra_info.\"index\") FROM '{workspace.PathOf("rl")}/data/*.parquet'").Single().ShouldBe([$"{samples.Count}"]);
        Rows.Of($"SELECT id, prompt, reward_model, extra_info.\"index\" FROM '{workspace.PathOf("rl")}/data/*.parquet' EXCEPT SELECT id, prompt, reward_model, extra_info.\"index\" FROM '{workspace.PathOf("lines")}/data/*.jsonl'").ShouldBeEmpty();
    }

    [Fact]
    public void Write_ReasoningCases_StandInTheSameColumns()
    {
        using var folder = new TemporaryFolder();
        var one = new InstructionCase
        {
            Id = "poe-1-0#2", SampleId = "poe-1-0", SubjectId = 1, Task = TaskCatalog.Get("poe"), Split = "train", Kind = InstructionKind.Reasoning, Teacher = "narrator",
            Labels = ["Lab", "Respiratory"], User = "record\nquestion\n/think".AsMemory(), Assistant = CaseText.ReasonedAnswer("chain", "Lab\nRespiratory"), Tokens = 12,
        };
        foreach (var format in new[] { InstructionFormat.Parquet, InstructionFormat.JsonLines })
        {
            var path = folder.PathOf("cases" + CaseFile.EndingOf(format));
            CaseFile.Write(path, format, [one]);
            Rows.Of($"SELECT id, sample_id, kind, teacher, messages[2].content, messages[3].content, tokens FROM '{path}'").Single()
                .ShouldBe(["poe-1-0#2", "poe-1-0", "reasoning", "narrator", "record\nquestion\n/think", "<think>\nchain\n</think>\n\nLab\nRespiratory", "12"]);
        }
    }
}
