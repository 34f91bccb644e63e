using System.Text.Json.Nodes;
using CsCheck;
using EhrR1.Tasks;

namespace EhrR1.Training.Tests;

/// <summary>The Python hook of an export against a real server, item by item.</summary>
public sealed class RewardHookTests
{
    private const string Driver = """
        import concurrent.futures, json, sys
        import ehr_r1_reward as hook
        items = json.load(open(sys.argv[1], encoding="utf-8"))
        texts = [i["completion"] for i in items]
        columns = {
            "reward_model": [{"ground_truth": i["ground_truth"], "style": "rule"} for i in items],
            "task": [i["task"] for i in items], "id": [i["id"] for i in items], "prompt_tokens": [0] * len(items),
        }
        logged = {}
        talks = [[{"role": "assistant", "content": t}] for t in texts]
        trl = hook.trl_reward(prompts=[None] * len(items), completions=talks, completion_ids=None, log_metric=logged.__setitem__, **columns)
        plain = hook.trl_reward(prompts=None, completions=texts, **columns)
        sources, truths, infos = ["ehr-ins/" + i["task"] for i in items], [i["ground_truth"] for i in items], [{"id": i["id"], "index": 0} for i in items]
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            one = list(pool.map(lambda k: hook.compute_score(sources[k], texts[k], truths[k], infos[k], unknown=1), range(len(items))))
        many = hook.compute_score(data_sources=sources, solution_strs=texts, ground_truths=truths, extra_infos=infos)
        try:
            hook.compute_score("ehr-ins/nothing", "x", "[]")
            refused = ""
        except hook.RewardRefusal as error:
            refused = str(error)
        json.dump({"trl": trl, "plain": plain, "one": one, "many": many, "logged": logged, "refused": refused}, sys.stdout)
        """;

    // A server that answers as the argument says, the second of four items being wrong.
    private const string GatheringDriver = """
        import concurrent.futures, sys
        import ehr_r1_reward as hook
        asked = []
        def post(items):
            asked.append(len(items))
            if sys.argv[1] == "gone" or (sys.argv[1] != "refuse" and len(asked) == 3):
                raise hook.RewardError("no answer")
            if "wrong" in items:
                raise hook.RewardRefusal("wrong")
            return [1] * len(items)
        hook._post = post
        calls = [concurrent.futures.Future() for _ in range(4)]
        hook._Gathering._answer(list(zip(["right", "wrong", "right", "right"], calls)))
        print(*asked)
        print(*[type(c.exception(0)).__name__ if c.exception(0) else c.result(0) for c in calls])
        """;

    [Fact]
    public async Task Hook_OfTrlAndVerl_GivesWhatTheFunctionGives()
    {
        var python = await PythonAsync();
        var function = new RewardFunction();
        await using var server = await RewardServer.StartAsync(function, null, new RewardServerOptions { Port = 0 }, TestContext.Current.CancellationToken);
        var requests = new List<RewardRequest>();
        Rewarded.Completions.Select(c => c.Replace("\ud83d", "", StringComparison.Ordinal)).Sample(
            c =>
            {
                requests.Add(Rewarded.Decision(c));
                requests.Add(Rewarded.Risk(c, happened: c.Length % 2 == 0));
            },
            iter: 60, threads: 1);
        using var folder = new TemporaryFolder();
        var items = requests.Select(r => (JsonNode)new JsonObject
        {
            ["completion"] = r.Completion,
            ["ground_truth"] = r.Task.Kind == TaskKind.Risk ? r.Labels[0] : TaskTarget.ToJson(TaskKind.Decision, r.Labels),
            ["task"] = r.Task.Name,
            ["id"] = r.SampleId,
        });
        await File.WriteAllTextAsync(folder.PathOf("items.json"), new JsonArray([.. items]).ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.PathOf("driver.py"), Driver, TestContext.Current.CancellationToken);
        var ran = await Shell.RunAsync(python, [folder.PathOf("driver.py"), folder.PathOf("items.json")], new Dictionary<string, string>
        {
            ["PYTHONPATH"] = Repository.PathOf("src", "EhrR1.Training", "Exports", "Texts"),
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["EHR_R1_REWARD_URL"] = server.Address.ToString(),
            ["EHR_R1_REWARD_BATCH"] = "50",
        });
        ran!.Value.Code.ShouldBe(0, ran.Value.Text);
        var result = JsonNode.Parse(ran.Value.Text)!;
        var expected = requests.Select(function.Score).ToList();
        foreach (var way in (string[])["trl", "plain"])
            result[way]!.AsArray().Select(r => (double)r!).ShouldBe(expected.Select(e => e.Total));
        foreach (var way in (string[])["one", "many"])
        {
            result[way]!.AsArray().Select(r => ((double)r!["score"]!, (double)r["accuracy"]!, (double)r["format"]!)).ShouldBe(expected.Select(e => (e.Total, e.Terms.Accuracy, e.Terms.Format)));
        }

        ((double)result["logged"]!["ehr_r1/accuracy"]!).ShouldBe(expected.Average(e => e.Terms.Accuracy), 1e-9);
        ((string)result["refused"]!).ShouldContain("names no task");
    }

    [Fact]
    public async Task Hook_WithoutServer_GivesUpWhenItsPatienceEnds()
    {
        var python = await PythonAsync();
        var ran = await Shell.RunAsync(python, ["-c", "import ehr_r1_reward as h; h.compute_score('ehr-ins/poe', 'x', '[]')"], new Dictionary<string, string>
        {
            ["PYTHONPATH"] = Repository.PathOf("src", "EhrR1.Training", "Exports", "Texts"),
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["EHR_R1_REWARD_URL"] = "http://127.0.0.1:1",
            ["EHR_R1_REWARD_PATIENCE"] = "0",
        });
        ran!.Value.Code.ShouldBe(1);
        ran.Value.Text.ShouldContain("RewardError: no answer from http://127.0.0.1:1");
    }

    [Theory]
    [InlineData("refuse", "4 1 1 1 1", "1 RewardRefusal 1 1")]
    [InlineData("gone", "4", "RewardError RewardError RewardError RewardError")]
    [InlineData("refuse, then gone", "4 1 1", "1 RewardError RewardError RewardError")]
    public async Task Hook_GatheredCallsThatFail_AreAskedOneByOneOnlyWhereTheyWereRefused(string server, string requests, string answers)
    {
        var python = await PythonAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("driver.py"), GatheringDriver, TestContext.Current.CancellationToken);
        var ran = await Shell.RunAsync(python, [folder.PathOf("driver.py"), server], new Dictionary<string, string>
        {
            ["PYTHONPATH"] = Repository.PathOf("src", "EhrR1.Training", "Exports", "Texts"),
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        });
        ran!.Value.ShouldBe((0, $"{requests}\n{answers}\n"));
    }

    /// <summary>The system's Python 3; skips the test where there is none.</summary>
    private static async Task<string> PythonAsync()
    {
        foreach (var python in (string[])["/usr/bin/python3", "python3"])
        {
            if (await Shell.RunAsync(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]) is (0, _))
                return python;
        }

        Assert.Skip("There is no Python 3.9 or later here.");
        return "";
    }
}
