using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests;

/// <summary>How many cases there are, and how long.</summary>
public sealed class CapAndBudgetTests
{
    [Fact]
    public void Write_PerTask_KeepsAtMostSoMany()
    {
        using var workspace = new InsWorkspace();

        var manifest = workspace.Write("set", new InstructionOptions { PerTask = 3 });

        manifest.Tasks.Values.ShouldAllBe(n => n <= 3);
        manifest.Tasks["poe"].ShouldBe(3);
        manifest.Tasks.Keys.ShouldBe(TaskCatalog.Tasks.Select(t => t.Name).Where(manifest.Tasks.ContainsKey));
        manifest.Tasks.Keys.ShouldNotContain("discharge");
    }

    [Fact]
    public void Write_TaskThatThePublishedSetLeavesOut_IsThereWhereItIsNamedWithANumber()
    {
        using var workspace = new InsWorkspace(2);

        workspace.Write("set", new InstructionOptions { PerTask = 3, Tasks = ["discharge"] }).Tasks.ShouldBe(new Dictionary<string, long> { ["discharge"] = 2 });
        Should.Throw<Charts.EhrR1Exception>(() => workspace.Write("none", new InstructionOptions { Tasks = ["discharge"] })).WhatToDo!.ShouldContain("--per-task");
    }

    [Fact]
    public void Write_TestSplit_IsAnotherSetOfPatients()
    {
        using var workspace = new InsWorkspace(12, testShare: 0.5);

        workspace.Write("train");
        workspace.Write("test", new InstructionOptions { Split = SplitNames.Test });

        var train = Rows.Of($"SELECT DISTINCT subject_id FROM '{workspace.PathOf("train")}/data/train-*.parquet'").Select(r => r[0]).ToList();
        var test = Rows.Of($"SELECT DISTINCT subject_id FROM '{workspace.PathOf("test")}/data/test-*.parquet'").Select(r => r[0]).ToList();
        train.ShouldNotBeEmpty();
        test.ShouldNotBeEmpty();
        train.Intersect(test).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(InstructionKind.Direct)]
    [InlineData(InstructionKind.Reinforcement)]
    public void Write_MaxTokens_KeepsTheEndOfTheRecordAndTheWholeQuestion(InstructionKind kind)
    {
        using var workspace = new InsWorkspace(2);
        var column = kind == InstructionKind.Direct ? "messages" : "prompt";
        var samples = workspace.Samples();
        var cut = 0;
        foreach (var most in new[] { 200, 400, 100_000 })
        {
            var manifest = workspace.Write($"set{most}", new InstructionOptions { MaxTokens = most }, kind);
            manifest.TooLong.ShouldBe(0);
            foreach (var row in Rows.Of($"SELECT id, {column}[2].content, tokens, array_to_string(list_transform({column}, m -> m.content), '') FROM '{workspace.PathOf($"set{most}")}/data/*.parquet'"))
            {
                var sample = samples[row[0]];
                var question = $"\n{sample.Instruction}\n/{(kind == InstructionKind.Direct || sample.Task.Kind == TaskKind.Risk ? "no_think" : "think")}";
                var whole = sample.Input + question;
                row[1].ShouldEndWith(question);
                whole.ShouldEndWith(row[1]);
                var tokens = int.Parse(row[2]);
                tokens.ShouldBeLessThanOrEqualTo(most);
                // Each message is counted by itself, so together they are a few less.
                (tokens - EstimatedTokenCounter.Count(row[3])).ShouldBeInRange(-3, 3);
                cut += row[1].Length < whole.Length ? 1 : 0;
                // Nothing is cut that has room: the template's reserve and a few tokens.
                if (row[1].Length < whole.Length)
                    tokens.ShouldBeGreaterThan(most - 60);
            }
        }

        cut.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(120)]
    public void Write_AnswerTokens_LeaveEveryAnswerTheSameRoom(int answerTokens)
    {
        using var workspace = new InsWorkspace(2);
        var samples = workspace.Samples();
        workspace.Write("set", new InstructionOptions { MaxTokens = 400, AnswerTokens = answerTokens });

        var cut = Rows.Of($"SELECT id, messages[1].content, messages[2].content, messages[3].content FROM '{workspace.PathOf("set")}/data/*.parquet'")
            .Where(r => r[2].Length < samples[r[0]].Input.Length)
            .Select(r => (Room: 400 - 24 - EstimatedTokenCounter.Count(r[1]) - Math.Max(answerTokens, EstimatedTokenCounter.Count(r[3])), Prompt: EstimatedTokenCounter.Count(r[2]), Answer: EstimatedTokenCounter.Count(r[3])))
            .ToList();

        cut.Count.ShouldBeGreaterThan(20);
        cut.ShouldAllBe(c => c.Prompt <= c.Room && c.Prompt > c.Room - 20);
        // Short answers and long ones, whose prompts are of one length where the room is.
        cut.Select(c => c.Answer).Distinct().Count().ShouldBeGreaterThan(1);
        (cut.Select(c => c.Room).Distinct().Count() == 1).ShouldBe(answerTokens > 0);
    }

    [Fact]
    public void Write_MaxTokensBelowTheQuestion_LeavesOutAndCounts()
    {
        using var workspace = new InsWorkspace(2);
        var all = workspace.Samples().Count;

        var manifest = workspace.Write("set", new InstructionOptions { MaxTokens = 80 });

        manifest.TooLong.ShouldBeInRange(1, all);
        (manifest.Cases + manifest.TooLong).ShouldBe(all);
        File.ReadAllText(workspace.PathOf("set/README.md")).ShouldContain($"{manifest.TooLong} samples were left out");
    }

    [Fact]
    public void Write_TokenizerOfQwen3_CountsWhatItCounts()
    {
        var tokenizer = ByteLevelTokenizer.Load(RealData.Qwen3Tokenizer());
        using var workspace = new InsWorkspace(1);

        var manifest = workspace.Write("set", new InstructionOptions { MaxTokens = 300, Counter = tokenizer, PerTask = 2 });

        manifest.TokensBy.ShouldBe("tokenizer.json");
        var rows = Rows.Of($"SELECT tokens, messages[1].content, messages[2].content, messages[3].content FROM '{workspace.PathOf("set")}/data/*.parquet'");
        rows.ShouldNotBeEmpty();
        foreach (var row in rows)
            int.Parse(row[0]).ShouldBe(row[1..].Sum(tokenizer.Count));
    }
}
