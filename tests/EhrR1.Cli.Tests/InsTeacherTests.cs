using System.Text.Json.Nodes;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Cli.Tests;

/// <summary>Teachers behind an endpoint, well-behaved and not, as a user would give the commands.</summary>
public sealed class InsTeacherTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    private const string Record = "## Services [2180-01-01 00:00:00]\n| Service |\n| ------ |\n| MED |\n";

    /// <summary>What a teacher writes instead of the chain CHAIN, why it ends, and why it is set apart; nothing where it is a chain all the same.</summary>
    private static readonly (string Name, string Text, string Finish, string Apart)[] _habits =
    [
        ("another script", "患者因胸痛入院，心电图提示心肌缺血，因此转入心内科继续治疗。", "stop", "other_language"),
        ("another language", "## Extraction\nDie Patientin ist mit einer Herzinsuffizienz in der Klinik, und das EKG zeigt eine Ischämie.\n## Reasoning\nDer nächste Schritt ist die Kardiologie, weil sich die Werte nicht bessern und die Leitlinie das für die Patienten empfiehlt.\n## Final Results\nMED", "stop", "other_language"),
        ("endless repetition", "## Extraction\nE.\n## Reasoning\n" + "So the patient goes to the service that the patient goes to. " + "REPEAT", "stop", "repetition"),
        ("cut off at the limit", "HALF", "length", "cut_off"),
        ("cut off, not said so", "HALF", "stop", "cut_off"),
        ("refusal", "I'm sorry, but I cannot help with decisions about real patients.", "stop", "refusal"),
        ("echo of the prompt", Record + Record + "CHAIN", "stop", "prompt_echo"),
        ("nothing", "", "stop", "empty"),
        ("blanks", " \n\n", "stop", "empty"),
        ("cut by the service's filter", "", "content_filter", "content_filter"),
        ("no sections", "The patient goes to the service that fits the findings.", "stop", "no_sections"),
        ("sections of its own", "## Summary\nS.\n## Plan\nP.", "stop", "other_sections"),
        ("thinking before it", "<think>\nWhat do we know? The service is next.\n</think>\n\nCHAIN", "stop", ""),
        ("a fence around it", "```markdown\nCHAIN\n```", "stop", ""),
        ("other levels", "DEEPER", "stop", ""),
        ("a greeting", "Certainly! Here is the chain of reasoning.\n\nCHAIN", "stop", ""),
    ];

    [Fact]
    public async Task Reason_TeacherWithBadHabits_EachIsCountedAndSetApartOrCleaned()
    {
        // The narrator's chains are good ones to dress.
        await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "40", "--tasks", "services,transfers", "--n", "1", "--out", "good");
        var good = Lines("good", "chains", "chains.jsonl").ToDictionary(l => l["sample_id"]!.ToString(), l => l["chain"]!.ToString());
        good.Count.ShouldBeGreaterThan(4);
        int asked = 0;
        await using var server = await FakeEndpoint.StartAsync();
        server.Routes["/v1/chat/completions"] = a =>
        {
            if (a.PromptText.Contains("two plus two", StringComparison.Ordinal))
                return a.AnswerAsync(Replies.Chat("yes"));
            // Which sample is asked about is known by its answer alone; any good chain is a chain.
            var chain = good.Values.ElementAt(Interlocked.Increment(ref asked) % good.Count);
            return a.AnswerAsync(Reply([.. _habits.Select(h => (Dress(h.Text, chain), h.Finish))]));
        };

        var ran = await hospital.RunAsync("ins", "reason", "w", "--per-task", "40", "--tasks", "services,transfers", "--teacher", $"{server.Root}/v1#tiny", "--n", $"{_habits.Length}", "--context", "30000", "--out", "bad");
        ran.Code.ShouldBeOneOf(ExitCode.Done, ExitCode.Partial);
        ran.Out.ShouldContain("Set apart: ");

        // Chain i of each sample has habit i.
        string HabitOf(JsonNode line) => _habits[int.Parse(line["id"]!.ToString().Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture) - 1].Name;
        var apart = Lines("bad", "chains", "apart.jsonl");
        var read = Lines("bad", "chains", "checked.jsonl");
        (apart.Count + read.Count).ShouldBe(_habits.Length * asked);
        foreach (var (name, _, _, reason) in _habits)
        {
            apart.Where(l => HabitOf(l) == name).ToList().Count.ShouldBe(reason.Length > 0 ? asked : 0, name);
            apart.Where(l => HabitOf(l) == name).ShouldAllBe(l => l["apart"]!.AsArray().Any(r => r!.ToString() == reason));
        }

        var report = JsonNode.Parse(File.ReadAllText(hospital.PathOf("bad", "chains", "check.json")))!;
        foreach (var reason in _habits.Select(h => h.Apart).Where(r => r.Length > 0).Distinct())
            ((long)report["apart"]![reason]!).ShouldBeGreaterThanOrEqualTo(_habits.Count(h => h.Apart == reason) * asked, reason);
        read.ShouldAllBe(l => (double)l["measures"]!["sections"]! == 1);

        // What is cleaned stands in the set as it was asked for.
        var stats = await hospital.RunAsync("ins", "stats", "bad", "--json");
        if ((long)JsonNode.Parse(stats.Out)!["cases"]! > 0)
            Directory.EnumerateFiles(hospital.PathOf("bad", "data")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Reason_TwoSided_WeighsRisksWithoutTellingTheOutcome()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(a.PromptText.Contains("two plus two", StringComparison.Ordinal)
            ? Replies.Chat("yes")
            : Reply([("## Evidence for\n- A long stay.\n\n## Evidence against\n- None.\n\n## Probability\nOf such patients 5 % die.\n0.9", "stop"), ("## Evidence for\n- A long stay.\n\n## Evidence against\n- None.\n\n## Probability\n**0.1**", "stop")])));
        var ran = await hospital.RunAsync("ins", "reason", "w", "--per-task", "3", "--tasks", "Inpatient_Mortality,LengthOfStay_3day", "--risk", "two-sided", "--teacher", $"{server.Root}/v1#tiny", "--n", "2", "--out", "risks");
        ran.Code.ShouldBeOneOf(ExitCode.Done, ExitCode.Partial);
        var chains = Lines("risks", "chains", "chains.jsonl");
        chains.Count.ShouldBe(12);
        chains.ShouldAllBe(l => l["template"]!.ToString() == "two-sided@1" && (l["answer"]![0]!.ToString() == "yes" || l["answer"]![0]!.ToString() == "no"));
        server.ChatRequests.ShouldAllBe(r => !r.PromptText.Contains("# Items to be reasoned towards", StringComparison.Ordinal) && r.PromptText.Contains("You do not know what happened afterwards", StringComparison.Ordinal));
        // The side that is right passes the filter.
        Lines("risks", "chains", "checked.jsonl").ShouldAllBe(l => (bool)l["filter"]!["passes"]! == ((l["answer"]![0]!.ToString() == "yes") == l["id"]!.ToString().EndsWith("-1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Reason_ByBatch_GivesTheChainsOfALiveRun()
    {
        string[] command = ["ins", "reason", "w", "--per-task", "12", "--tasks", "services,transfers,ED_Hospitalization", "--risk", "two-sided", "--n", "2", "--context", "30000"];
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(a.PromptText.Contains("two plus two", StringComparison.Ordinal) ? Replies.Chat("yes") : AnswerOf(a.Body!)));
        await hospital.RunAsync([.. command, "--teacher", $"{server.Root}/v1#tiny", "--out", "live"]);

        var wrote = await hospital.SucceedAsync([.. command, "--teacher", "tiny", "--batch-file", "b.jsonl", "--out", "batch"]);
        wrote.Out.ShouldContain("vllm run-batch -i ");
        wrote.Out.ShouldContain("--model tiny");
        wrote.Out.ShouldContain("readable by you alone");
        File.Exists(hospital.PathOf("batch", "chains", "chains.jsonl")).ShouldBeFalse();
        var requests = File.ReadLines(hospital.PathOf("b.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        requests.Count.ShouldBe(server.ChatRequests.Select(r => r.PromptText).Distinct(StringComparer.Ordinal).Count());

        // One is missing and one failed; they are written into a second batch.
        var answers = requests.Skip(1).Select(r => new JsonObject { ["custom_id"] = r["custom_id"]!.ToString(), ["response"] = new JsonObject { ["status_code"] = 200, ["body"] = AnswerOf(r["body"]!) }, ["error"] = null }).ToList();
        answers[0]["response"] = null;
        answers[0]["error"] = new JsonObject { ["code"] = "batch_expired" };
        File.WriteAllLines(hospital.PathOf("a.jsonl"), answers.Select(a => a.ToJsonString()));
        var some = await hospital.RunAsync([.. command, "--teacher", "tiny", "--batch-answers", "a.jsonl", "--batch-file", "rest.jsonl", "--out", "batch"]);
        some.Code.ShouldBe(ExitCode.Partial);
        some.Error.ShouldContain("failed 1, duplicate 0, of other requests 0, damaged 0");
        some.Error.ShouldContain("a.jsonl, line 1: failed (batch_expired)");
        some.Out.ShouldContain("2 requests in ");

        File.WriteAllLines(hospital.PathOf("a2.jsonl"), File.ReadLines(hospital.PathOf("rest.jsonl")).Select(l => JsonNode.Parse(l)!).Select(r => new JsonObject { ["custom_id"] = r["custom_id"]!.ToString(), ["response"] = new JsonObject { ["status_code"] = 200, ["body"] = AnswerOf(r["body"]!) } }.ToJsonString()));
        await hospital.RunAsync([.. command, "--teacher", "tiny", "--batch-answers", "a.jsonl", "a2.jsonl", "--out", "batch"]);
        foreach (var file in new[] { "chains.jsonl", "checked.jsonl", "apart.jsonl" })
            File.ReadAllText(hospital.PathOf("batch", "chains", file)).ShouldBe(File.ReadAllText(hospital.PathOf("live", "chains", file)), file);
        (await hospital.SucceedAsync([.. command, "--teacher", "tiny", "--batch-file", "none.jsonl", "--out", "batch"])).Out.ShouldContain("Nothing is missing");
    }

    [Fact]
    public async Task Reason_ForOpenAi_SaysWhatToUploadAndThatItNeedsPermission()
    {
        string[] command = ["ins", "reason", "w", "--per-task", "2", "--tasks", "Inpatient_Mortality", "--risk", "two-sided", "--batch-file", "openai.jsonl", "--out", "openai"];
        // As a live run: not without the settings file's word, also where the patients are made up.
        foreach (string[] outside in new[] { ["--teacher", "https://api.openai.com/v1#gpt-5"], ["--teacher", "gpt-5", "--batch-for", "openai"], (string[])["--teacher", "https://203.0.113.7/v1#any"] })
        {
            var refused = await hospital.RunAsync([.. command, .. outside]);
            refused.Code.ShouldBe(ExitCode.User, refused.Out + refused.Error);
            refused.Error.ShouldContain("patients' data may not leave");
            File.Exists(hospital.PathOf("openai.jsonl")).ShouldBeFalse();
            Directory.Exists(hospital.PathOf("openai")).ShouldBeFalse();
        }

        File.WriteAllText(hospital.PathOf("may-leave.json"), """{ "dataMayLeave": true, "dataMayLeaveReason": "made-up patients" }""");
        var ran = await hospital.SucceedAsync([.. command, "--teacher", "https://api.openai.com/v1#gpt-5", "--settings", "may-leave.json"]);
        foreach (var part in new[] { "purpose \"batch\"", "/v1/chat/completions", "needs the permission" })
            ran.Out.ShouldContain(part);
        File.ReadLines(hospital.PathOf("openai.jsonl")).ShouldAllBe(l => l.Contains("\"max_completion_tokens\"", StringComparison.Ordinal) && !l.Contains("repetition_penalty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_ChainsFromElsewhere_AreReadByTheTitlesGiven()
    {
        await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "20", "--tasks", "services,transfers", "--n", "1", "--out", "own");
        Directory.CreateDirectory(hospital.PathOf("other"));
        File.WriteAllLines(hospital.PathOf("other", "chains.jsonl"), Lines("own", "chains", "chains.jsonl").Select(l => new JsonObject
        {
            ["sample_id"] = l["sample_id"]!.ToString(),
            ["chain"] = l["chain"]!.ToString().Replace("## Extraction", "### Findings", StringComparison.Ordinal).Replace("## Reasoning", "### Discussion", StringComparison.Ordinal).Replace("## Final Results", "### Orders", StringComparison.Ordinal),
        }.ToJsonString()));
        string[] check = ["ins", "check", "other", "--workspace", "w", "--json"];
        var unread = JsonNode.Parse((await hospital.SucceedAsync(check)).Out)!;
        ((long)unread["apart"]!["other_sections"]!).ShouldBe((long)unread["chains"]!);
        unread["other_sections"]!.AsObject().Select(s => s.Key).ShouldBe(["Discussion", "Findings", "Orders"]);

        var read = JsonNode.Parse((await hospital.SucceedAsync([.. check, "--section", "Findings=Extraction", "--section", "Discussion=Reasoning", "--section", "Orders=Final Results"])).Out)!;
        var own = JsonNode.Parse((await hospital.SucceedAsync("ins", "check", "own", "--json")).Out)!;
        read["tasks"]!.ToJsonString().ShouldBe(own["tasks"]!.ToJsonString());
        read["apart"]!.AsObject().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Check_Sufficiency_IsAFilterOfTheSetToo()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.Chat("nothing that fits")));
        var ran = await hospital.RunAsync("ins", "reason", "w", "--per-task", "20", "--tasks", "services,transfers", "--n", "1", "--out", "sufficient", "--sufficiency", $"{server.Root}/v1#tiny", "--json");
        var attrition = JsonNode.Parse(ran.Out)!["attrition"]!.AsArray()[^1]!;
        ((long)attrition["passed_grounding"]!).ShouldBeGreaterThan(0);
        ((long)attrition["passed_sufficiency"]!, (long)attrition["kept"]!).ShouldBe((0, 0));
        ran.Code.ShouldBe(ExitCode.Partial);
        int asked = server.ChatRequests.Count;
        asked.ShouldBe(Lines("sufficient", "chains", "checked.jsonl").Count);

        // The same test by the other command asks nothing twice.
        var check = JsonNode.Parse((await hospital.SucceedAsync("ins", "check", "sufficient", "--sufficiency", $"{server.Root}/v1#tiny", "--json")).Out)!;
        ((long)check["sufficiency"]!["tasks"]!.AsArray()[^1]!["tested"]!).ShouldBe(asked);
        server.ChatRequests.Count.ShouldBe(asked);
        (await hospital.SucceedAsync("ins", "check", "sufficient", "--sufficiency", $"{server.Root}/v1#tiny", "--least-sufficiency", "0")).Out.ShouldContain("sufficient from an F1 of 0");
    }

    [Fact]
    public async Task Reason_RealServer_ItsNoiseIsSetApartAndAStoppedRunGoesOn()
    {
        var server = Environment.GetEnvironmentVariable("EHR_R1_LLM");
        Assert.SkipUnless(server is { Length: > 0 }, "EHR_R1_LLM names no server.");
        string[] command = ["ins", "reason", "w", "--per-task", "4", "--tasks", "services,Inpatient_Mortality", "--risk", "two-sided", "--teacher", server!, "--n", "3", "--context", "1400", "--max-new-tokens", "16", "--concurrency", "1"];
        var stopped = await hospital.RunAsync([.. command, "--out", "real", "--budget-tokens", "5000"]);
        stopped.Code.ShouldBe(ExitCode.Partial, stopped.Error);
        stopped.Error.ShouldContain("budget");
        int before = Lines("real", "chains", "teacher-log.jsonl").Count;
        before.ShouldBeGreaterThan(0);

        await hospital.RunAsync([.. command, "--out", "real"]);
        var chains = Lines("real", "chains", "chains.jsonl");
        var log = Lines("real", "chains", "teacher-log.jsonl");
        // Three completions a sample from a server that gives one choice, each asked once.
        log.ShouldAllBe(l => l["completions"]!.AsArray().Count == 3);
        log.Count.ShouldBeGreaterThan(before);
        chains.Count.ShouldBe(3 * log.Count);
        chains.ShouldAllBe(l => l["finish_reason"]!.ToString() == "length");
        Lines("real", "chains", "checked.jsonl").ShouldBeEmpty();
        Lines("real", "chains", "apart.jsonl").ShouldAllBe(l => l["apart"]!.AsArray().Any(r => r!.ToString() == "cut_off"));
    }

    [Theory]
    [InlineData("The narrator weighs no risks", "ins", "reason", "w", "--out", "x", "--risk", "two-sided")]
    [InlineData("there is nothing for a batch", "ins", "reason", "w", "--out", "x", "--batch-file", "b.jsonl")]
    [InlineData("A batch needs the model's name", "ins", "reason", "w", "--out", "x", "--teacher", "http://127.0.0.1:1/v1", "--batch-file", "b.jsonl")]
    [InlineData("is no model for --sufficiency", "ins", "check", "x", "--sufficiency", "gbm")]
    [InlineData("--allow-faults must be at least 0", "ins", "check", "x", "--allow-faults", "-1")]
    [InlineData("--least-sufficiency must be from 0 to 1", "ins", "check", "x", "--least-sufficiency", "7")]
    [InlineData("gives no section another title", "ins", "check", "x", "--section", "Findings")]
    public async Task Teacher_UsedWrongly_SaysWhatIsWrong(string message, params string[] arguments)
    {
        var ran = await hospital.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.User, ran.Out + ran.Error);
        ran.Error.ShouldContain(message);
    }

    private static string Dress(string text, string chain) => text
        .Replace("REPEAT", string.Concat(Enumerable.Repeat("So the patient goes to the service that the patient goes to. ", 40)) + "\n## Final Results\nMED", StringComparison.Ordinal)
        .Replace("HALF", chain[..(chain.IndexOf("## Reasoning", StringComparison.Ordinal) + 30)], StringComparison.Ordinal)
        .Replace("DEEPER", chain.Replace("## ", "#### ", StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("CHAIN", chain, StringComparison.Ordinal);

    private static JsonObject Reply(params IReadOnlyList<(string Text, string Finish)> choices)
    {
        var reply = Replies.Chat("");
        reply["choices"] = new JsonArray([.. choices.Select((c, i) => (JsonNode)Replies.Choice(c.Text, i, c.Finish))]);
        return reply;
    }

    // As a live server and as a batch: by the prompt alone.
    private static JsonObject AnswerOf(JsonNode body)
    {
        int length = body["messages"]![1]!["content"]!.ToString().Length;
        return Reply([.. Enumerable.Range(0, (int?)body["n"] ?? 1).Select(i => ($"## Evidence for\n- {length}.\n\n## Evidence against\n- {i}.\n\n## Probability\n0.{(length + i) % 10}", i == 0 ? "stop" : "length"))]);
    }

    private List<JsonNode> Lines(params string[] path) => [.. File.ReadLines(hospital.PathOf(path)).Select(l => JsonNode.Parse(l)!)];
}
