using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Reasoning.Tests.Synthesis;

/// <summary>From chains to a finished set of reasoning cases.</summary>
public sealed class ReasoningBuildTests
{
    private const string Bad = "## Extraction\n**Medrecon [2150-03-10 04:00:00]**: keppra.\n\n## Reasoning\nFurosemide may treat Heart failure, which may be treated by Digoxin.\n\n## Final Results\nDigoxin";

    /// <summary>What each sample's teacher writes, one way to fail a sample.</summary>
    private static readonly ChainDraft[][] _script =
    [
        [Draft(Bad), Draft(TaughtWorkspace.Good), Draft(TaughtWorkspace.Good)],
        [Draft("I'm sorry, but I cannot help with this.")],
        [Draft(TaughtWorkspace.Good, FinishReason.Length), Draft(TaughtWorkspace.Good, FinishReason.Filtered)],
        [Draft(TaughtWorkspace.Good.Replace("Results\nDigoxin", "Results\nAspirin", StringComparison.Ordinal))],
        [Draft(Bad)],
        [Draft("<think>\nLet me see: the patient takes lasix.\n</think>\n\nHere you are:\n```markdown\n" + TaughtWorkspace.Good.Replace("## ", "### ", StringComparison.Ordinal) + "\n```")],
        [],
    ];

    [Theory]
    [InlineData(InstructionFormat.Parquet)]
    [InlineData(InstructionFormat.JsonLines)]
    public void Write_ChainsGoodAndBad_KeepsTheBestOfEachSampleThatPasses(InstructionFormat format)
    {
        using var workspace = new TaughtWorkspace(7);

        var manifest = workspace.Write("set", Script, new InstructionOptions { Format = format });

        manifest.Kind.ShouldBe("reasoning");
        var rows = Rows.Of($"SELECT id, kind, teacher, array_to_string(labels, ';'), tokens > 0, messages[1].content, messages[2].content, messages[3].role, messages[3].content FROM '{workspace.PathOf("set")}/{manifest.Files.Single().Path}'");
        rows.Select(r => r[0]).ShouldBe([workspace.Ids[0] + "-2", workspace.Ids[5] + "-1"]);
        foreach (var row in rows)
        {
            row[1..6].ShouldBe(["reasoning", "scripted", "Digoxin", "True", CaseText.System]);
            row[6].ShouldStartWith("## Patient Demographics [None]\n");
            row[6].ShouldEndWith("\n/think");
            row[7].ShouldBe("assistant");
            // Thinking of the teacher's own, greetings, fences and other headings are gone.
            row[8].ShouldBe($"<think>\n{TaughtWorkspace.Good}\n</think>\n\nDigoxin");
        }
    }

    [Fact]
    public void Write_ChainsGoodAndBad_CountsEachStepAndTheFiguresAddUp()
    {
        using var workspace = new TaughtWorkspace(7);

        var manifest = workspace.Write("set", Script, prices: new TokenPrices { PromptPerMillion = 1, CachedPerMillion = 0.5m, CompletionPerMillion = 4 });

        var own = manifest.Attrition![1];
        own.ShouldBe(new TaskAttrition
        {
            Task = "prescriptions", Samples = 7, WithGraph = 7, Asked = 7, Answered = 6, Readable = 4, PassedFilter = 3, PassedMeasures = 2, PassedGrounding = 2, Kept = 2,
            Chains = 9, ChainsApart = 3, ChainsCutOff = 1, ChainsFiltered = 1, ChainsPassedFilter = 5, ChainsPassedMeasures = 3, ChainsPassedGrounding = 3,
        });
        var labs = manifest.Attrition[0];
        (labs.Task, labs.Samples, labs.WithGraph, labs.Chains).ShouldBe(("labevents", 7, 0, 0));
        var all = manifest.Attrition[^1];
        all.ShouldBe(own with { Task = "all", Samples = 14 });
        // Against the files beside them.
        Lines(workspace, "chains.jsonl").Count.ShouldBe((int)all.Chains);
        Lines(workspace, "apart.jsonl").Count.ShouldBe((int)all.ChainsApart);
        Lines(workspace, "checked.jsonl").Count.ShouldBe((int)(all.Chains - all.ChainsApart));
        Lines(workspace, "checked.jsonl").Count(l => (bool)l["passes"]!).ShouldBe((int)all.ChainsPassedGrounding);
        Lines(workspace, "checked.jsonl").Count(l => (bool)l["passes"]! && (bool)l["best"]!).ShouldBe((int)all.Kept);
        manifest.Cases.ShouldBe(all.Kept);
        manifest.Tasks.Values.Sum().ShouldBe(all.Kept);
        manifest.Cost.ShouldBe([new TeacherCost("scripted", 4, 1_000_000, 200_000, 500_000, 2.9m, "USD")]);
        var apart = Lines(workspace, "apart.jsonl");
        apart.Select(l => string.Join('+', l["apart"]!.AsArray())).ShouldBe(["refusal+no_sections", "cut_off", "content_filter"]);
        apart.Select(l => l["finish_reason"]!.ToString()).ShouldBe(["stop", "length", "content_filter"]);
        InstructionStatsReader.Read(workspace.PathOf("set")).Attrition.ShouldBe(manifest.Attrition);
        File.ReadAllText(workspace.PathOf("set/README.md")).ShouldContain("| all | 14 | 7 | 7 | 6 | 4 | 3 | 2 | 2 | 2 |");
    }

    [Fact]
    public void Write_AnyThreadsAndAnyStop_WritesTheSameBytes()
    {
        using var workspace = new TaughtWorkspace(6);
        static ChainDraft[] AllGood(int sample) => [Draft(Bad), Draft(TaughtWorkspace.Good)];
        var options = new InstructionOptions { CasesPerFile = 2, Threads = 1 };
        workspace.Write("one", AllGood, options).Files.Count.ShouldBe(3);
        workspace.Write("four", AllGood, options with { Threads = 4 });
        workspace.Hashes("four").ShouldBe(workspace.Hashes("one"));

        for (int stop = 1; stop <= 6; stop++)
        {
            using var stopping = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => workspace.Write($"stopped-{stop}", AllGood, options, new StopAfter(stopping, stop), cancellationToken: stopping.Token));
            InstructionManifest.Exists(workspace.PathOf($"stopped-{stop}")).ShouldBeFalse();
            var finished = Directory.GetFiles(workspace.PathOf($"stopped-{stop}"), "train-*.parquet", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);
            workspace.Write($"stopped-{stop}", AllGood, options);
            workspace.Hashes($"stopped-{stop}").ShouldBe(workspace.Hashes("one"));
            finished.ShouldAllBe(f => File.GetLastWriteTimeUtc(f.Key) == f.Value);
        }
    }

    [Fact]
    public void Write_OtherChainsThanBefore_MakesTheSetAnew()
    {
        using var workspace = new TaughtWorkspace(3);
        workspace.Write("set", _ => [Draft(TaughtWorkspace.Good)], new InstructionOptions { CasesPerFile = 1 }).Cases.ShouldBe(3);
        var time = File.GetLastWriteTimeUtc(workspace.PathOf("set/manifest.json"));
        workspace.Write("set", _ => [Draft(TaughtWorkspace.Good)], new InstructionOptions { CasesPerFile = 1 });
        File.GetLastWriteTimeUtc(workspace.PathOf("set/manifest.json")).ShouldBe(time);

        // As a larger budget would: one more is answered, or one less.
        workspace.Write("set", i => i == 0 ? [] : [Draft(TaughtWorkspace.Good)], new InstructionOptions { CasesPerFile = 1 }).Cases.ShouldBe(2);

        workspace.Write("fresh", i => i == 0 ? [] : [Draft(TaughtWorkspace.Good)], new InstructionOptions { CasesPerFile = 1 });
        workspace.Hashes("set").ShouldBe(workspace.Hashes("fresh"));
    }

    [Fact]
    public void Write_BudgetThatCutsOffWhatIsCited_LeavesTheChainOut()
    {
        using var workspace = new TaughtWorkspace(2);
        var whole = workspace.Write("whole", _ => [Draft(TaughtWorkspace.Good)]);
        // The lab and the question still fit, the home medication does not.
        var user = Rows.Of($"SELECT messages[2].content FROM '{workspace.PathOf("whole")}/{whole.Files.Single().Path}'")[0][0];
        var dropped = EstimatedTokenCounter.Count(user) - EstimatedTokenCounter.Count(user[(user.IndexOf("lasix", StringComparison.Ordinal) + 5)..]);

        var cut = workspace.Write("cut", _ => [Draft(TaughtWorkspace.Good)], new InstructionOptions { MaxTokens = (int)(whole.Tokens / 2) - dropped });

        (cut.Cases, cut.EvidenceCut, cut.TooLong).ShouldBe((0, 2, 0));
        (cut.Attrition![^1].PassedGrounding, cut.Attrition[^1].Kept).ShouldBe((2, 0));
        workspace.Write("short", _ => [Draft(TaughtWorkspace.Good)], new InstructionOptions { MaxTokens = 60 }).TooLong.ShouldBe(2);
    }

    [Fact]
    public void Write_BudgetThatCutsOffWhatTheBestCites_KeepsTheNextThatCitesWhatIsLeft()
    {
        using var workspace = new TaughtWorkspace(2);
        const string late = "## Extraction\n**Labotary Test Events [2150-03-10 08:00:00]**: Sodium.\n\n## Reasoning\nHeart failure may be treated by Digoxin.\n\n## Final Results\nDigoxin";
        ChainDraft[] drafts = [Draft(TaughtWorkspace.Good), Draft(TaughtWorkspace.Good), Draft(late)];
        var whole = workspace.Write("whole", _ => drafts);
        Rows.Of($"SELECT id FROM '{workspace.PathOf("whole")}/{whole.Files.Single().Path}'").Select(r => r[0]).ShouldBe(workspace.Ids.Select(i => i + "-1"));
        var user = Rows.Of($"SELECT messages[2].content FROM '{workspace.PathOf("whole")}/{whole.Files.Single().Path}'")[0][0];
        var dropped = EstimatedTokenCounter.Count(user) - EstimatedTokenCounter.Count(user[(user.IndexOf("lasix", StringComparison.Ordinal) + 5)..]);

        // What the chat template takes is given back all but a little, so that the lab's heading stays.
        var cut = workspace.Write("cut", _ => drafts, new InstructionOptions { MaxTokens = (int)(whole.Tokens / 2) - dropped + 20 });

        (cut.Cases, cut.EvidenceCut, cut.TooLong).ShouldBe((2, 0, 0));
        Rows.Of($"SELECT id FROM '{workspace.PathOf("cut")}/{cut.Files.Single().Path}'").Select(r => r[0]).ShouldBe(workspace.Ids.Select(i => i + "-3"));
    }

    [Fact]
    public void Write_OneFalseClaimAmongMany_FallsAndIsCountedUnlessItIsAllowed()
    {
        using var workspace = new TaughtWorkspace(3);
        var cited = TaughtWorkspace.Good[..TaughtWorkspace.Good.IndexOf("\n\n", StringComparison.Ordinal)]["## Extraction\n".Length..];
        var almost = TaughtWorkspace.Good.Replace(cited, string.Join('\n', Enumerable.Repeat(cited, 4)) + " keppra.", StringComparison.Ordinal).Replace(". keppra", " and \"keppra\"", StringComparison.Ordinal);
        ChainDraft[] Script(int sample) => sample == 0 ? [Draft(almost), Draft(TaughtWorkspace.Good)] : sample == 1 ? [Draft(almost)] : [Draft(TaughtWorkspace.Good)];

        var strict = workspace.Write("strict", Script);

        var all = strict.Attrition![^1];
        (all.PassedFilter, all.PassedMeasures, all.PassedGrounding, all.Kept).ShouldBe((3, 3, 2, 2));
        (all.ChainsPassedMeasures, all.ChainsPassedGrounding).ShouldBe((4, 2));
        Lines(workspace, "checked.jsonl", "strict").Select(l => ((int)l["false_claims"]!, (bool)l["passes"]!)).ShouldBe([(1, false), (0, true), (1, false), (0, true)]);

        var loose = workspace.Write("loose", Script, grounding: new GroundingOptions { FalseClaimsAllowed = 1 });

        (loose.Attrition![^1].PassedGrounding, loose.Cases).ShouldBe((3, 3));
        loose.Settings["allow_faults"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public void Write_NothingPasses_IsAnEmptySetThatOpens()
    {
        using var workspace = new TaughtWorkspace(2);

        var manifest = workspace.Write("set", _ => [Draft(Bad)]);

        manifest.Cases.ShouldBe(0);
        Rows.Of($"SELECT count(*) FROM '{workspace.PathOf("set")}/{manifest.Files.Single().Path}'").Single().ShouldBe(["0"]);
        InstructionStatsReader.Read(workspace.PathOf("set")).Cases.ShouldBe(0);
    }

    [Fact]
    public void NeedFolder_OfSomethingElse_IsTheUsersError()
    {
        using var folder = new TemporaryFolder();
        ReasoningBuild.NeedFolder(folder.PathOf("new"));
        File.WriteAllText(folder.PathOf("thesis.txt"), "mine");
        Should.Throw<EhrR1Exception>(() => ReasoningBuild.NeedFolder(folder.FullPath)).Message.ShouldContain("something else");
        using var workspace = new InsWorkspace(2);
        workspace.Write("direct");
        Should.Throw<EhrR1Exception>(() => ReasoningBuild.NeedFolder(workspace.PathOf("direct"))).Message.ShouldContain("something else");
    }

    [Fact]
    public void Read_DirectAndReasoningTogether_CountsBothKinds()
    {
        using var reasoned = new TaughtWorkspace(3);
        using var direct = new InsWorkspace(2);
        reasoned.Write("mixed/reason", _ => [Draft(TaughtWorkspace.Good)], new InstructionOptions { Format = InstructionFormat.JsonLines });
        var cases = direct.Write("direct").Cases;
        Directory.Move(direct.PathOf("direct"), reasoned.PathOf("mixed/direct"));

        var stats = InstructionStatsReader.Read(reasoned.PathOf("mixed"));

        stats.Kind.ShouldBe("mixed");
        stats.Kinds.ShouldBe(new Dictionary<string, long> { ["direct"] = cases, ["reasoning"] = 3 });
        stats.Cases.ShouldBe(cases + 3);
        stats.Tasks.Single(t => t.Kind == "reasoning").Cases.ShouldBe(3);
        stats.Attrition![^1].Kept.ShouldBe(3);
        // The same files put into one folder, as for a trainer.
        Directory.CreateDirectory(reasoned.PathOf("loose"));
        foreach (var file in Directory.GetFiles(reasoned.PathOf("mixed"), "train-*", SearchOption.AllDirectories))
            File.Copy(file, reasoned.PathOf($"loose/{Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))}-{Path.GetFileName(file)}"));
        InstructionStatsReader.Read(reasoned.PathOf("loose")).Kinds.ShouldBe(stats.Kinds);
    }

    private static ChainDraft[] Script(int sample) => _script[sample];

    private static ChainDraft Draft(string text, FinishReason finish = FinishReason.Stop) => new(text, finish);

    private static List<JsonNode> Lines(TaughtWorkspace workspace, string file, string set = "set") => [.. File.ReadLines(Path.Combine(workspace.PathOf(set), "chains", file)).Select(l => JsonNode.Parse(l)!)];

    private sealed class StopAfter(CancellationTokenSource stop, int cases) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Done >= cases)
                stop.Cancel();
        }
    }
}
