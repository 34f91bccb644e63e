using EhrR1.Charts;

namespace EhrR1.Training.Tests;

public sealed class NanoModelTests : IDisposable
{
    private readonly TinyStage _tiny = new();
    private int _made;

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void MakeOrTake_SameDataAndSeed_IsMadeOnceAndOthersAnew()
    {
        Make(seed: 1);
        Make(seed: 1);
        _made.ShouldBe(1);
        var first = Bytes();
        Make(seed: 2);
        _made.ShouldBe(2);
        Bytes().ShouldNotBe(first);
        Make(seed: 1);
        Bytes().ShouldBe(first);
        File.AppendAllText(Path.Combine(_tiny.Direct, "cases.jsonl"), """{"messages": [{"role": "user", "content": "what comes next"}, {"role": "assistant", "content": "nothing"}]}""" + "\n");
        Make(seed: 1);
        _made.ShouldBe(4);
        File.ReadAllText(_tiny.PathOf("fresh", "made-of.json")).ShouldContain("cases.jsonl");
    }

    [Fact]
    public void MakeOrTake_ModelThatSaysNotWhatItWasMadeOf_IsRefusedAndLeftAlone()
    {
        Make(seed: 1);
        File.Delete(_tiny.PathOf("fresh", "made-of.json"));
        var before = Bytes();
        Should.Throw<EhrR1Exception>(() => Make(seed: 1)).WhatToDo.ShouldContain("--out");
        Bytes().ShouldBe(before);
    }

    [Fact]
    public void MakeOrTake_MakingThatWasStopped_IsMadeAgain()
    {
        Make(seed: 1);
        var whole = Bytes();
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => NanoModel.MakeOrTake(_tiny.PathOf("fresh"), [_tiny.Direct], TinyStage.Preset, 2, stop.Cancel, stop.Token));
        Make(seed: 2);
        _made.ShouldBe(2);
        Bytes().ShouldNotBe(whole);
    }

    private void Make(long seed) => NanoModel.MakeOrTake(_tiny.PathOf("fresh"), [_tiny.Direct], TinyStage.Preset, seed, () => _made++, TestContext.Current.CancellationToken);

    private byte[] Bytes() => File.ReadAllBytes(_tiny.PathOf("fresh", "model.safetensors"));
}
