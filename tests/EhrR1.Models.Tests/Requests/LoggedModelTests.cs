using EhrR1.Charts;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Requests;

public sealed class LoggedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => _folder.PathOf("requests.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_SameRequestAgain_IsAnsweredOutOfTheLog()
    {
        var inner = new ScriptedModel(call => $"answer {call} \n\"ü\"");
        GenerationResponse first;
        using (var model = LoggedModel.Open(inner, Log))
        {
            first = await model.GenerateAsync(Questions.Generation() with { Completions = 2 });
            (await model.GenerateAsync(Questions.Generation() with { Completions = 2 })).Completions.ShouldBe(first.Completions);
            model.Replayed.ShouldBe(1);
        }

        using var again = LoggedModel.Open(inner, Log);
        var replayed = await again.GenerateAsync(Questions.Generation() with { Completions = 2 });
        replayed.Completions.ShouldBe(first.Completions);
        replayed.Usage.ShouldBe(first.Usage);
        inner.Calls.ShouldBe(1);
        again.UsedBefore.ShouldBe(new TokenUsage(100, 10, 40));
    }

    [Fact]
    public async Task Generate_ChangedRequest_IsAsked()
    {
        var inner = new ScriptedModel(call => $"{call}");
        using var model = LoggedModel.Open(inner, Log);
        await model.GenerateAsync(Questions.Generation());
        await model.GenerateAsync(Questions.Generation() with { Sampling = new SamplingSettings { Seed = 1 } });
        inner.Calls.ShouldBe(2);
        model.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("good")]
    [InlineData("none")]
    public async Task Score_SameRequestAgain_GivesTheSameScoresOrNone(string answer)
    {
        var inner = new ScriptedModel(_ => answer);
        AnswerScores? first;
        using (var model = LoggedModel.Open(inner, Log))
            first = await model.ScoreAnswersAsync(Questions.YesOrNo());
        using var again = LoggedModel.Open(inner, Log);
        var replayed = await again.ScoreAnswersAsync(Questions.YesOrNo());
        inner.Calls.ShouldBe(1);
        (replayed is null).ShouldBe(answer == "none");
        replayed?.LogProbabilities.ShouldBe(first!.LogProbabilities);
        replayed?.Source.ShouldBe("top_logprobs");
    }

    [Fact]
    public async Task Generate_CallThatFails_IsNotLogged()
    {
        var inner = new ScriptedModel(call => call == 1 ? throw new EndpointCallException(EndpointFault.Refused) : "good");
        using var model = LoggedModel.Open(inner, Log);
        await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()));
        (await model.GenerateAsync(Questions.Generation())).Completions[0].Text.ShouldBe("good");
        inner.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Generate_SameRequestManyTimesAtOnce_IsOneCall()
    {
        using var gate = new SemaphoreSlim(0);
        var inner = new ScriptedModel(_ =>
        {
            gate.Wait();
            return "good";
        });
        using var model = LoggedModel.Open(inner, Log);
        var calls = Enumerable.Range(0, 8).Select(_ => Task.Run(() => model.GenerateAsync(Questions.Generation()))).ToArray();
        gate.Release(8);
        await Task.WhenAll(calls);
        inner.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Open_LogCutOffByAKill_AsksOnlyWhatIsMissing()
    {
        var inner = new ScriptedModel(call => $"{call}");
        using (var model = LoggedModel.Open(inner, Log))
        {
            for (var i = 0; i < 5; i++)
                await model.GenerateAsync(Questions.Generation($"{i}"));
        }

        using (var file = new FileStream(Log, FileMode.Open))
            file.SetLength(file.Length - 3);
        using var again = LoggedModel.Open(inner, Log);
        for (var i = 0; i < 5; i++)
            (await again.GenerateAsync(Questions.Generation($"{i}"))).Completions[0].Text.ShouldBe(i < 4 ? $"{i + 1}" : "6");
        inner.Calls.ShouldBe(6);
    }

    [Fact]
    public void Open_LogThatIsHeld_IsRefused()
    {
        using var model = LoggedModel.Open(new ScriptedModel(_ => ""), Log);
        Should.Throw<EhrR1Exception>(() => LoggedModel.Open(new ScriptedModel(_ => ""), Log));
    }

    [Fact]
    public async Task Log_WithPatientsData_IsReadableByItsOwnerAlone()
    {
        using var model = LoggedModel.Open(new ScriptedModel(_ => "x"), Log);
        await model.GenerateAsync(Questions.Generation());
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Log).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(Log)).ShouldNotContain(Questions.Canary);
    }
}
