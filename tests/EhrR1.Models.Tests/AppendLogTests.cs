using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class AppendLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_LogCutOffAnywhere_KeepsTheWholeLinesAndGoesOn()
    {
        var path = _folder.PathOf("log.jsonl");
        Gen.Select(Gen.String[0, 40].List[1, 12], Gen.Double[0, 1]).Sample(
            (texts, share) =>
            {
                File.Delete(path);
                using (var log = AppendLog<Line>.Open(path))
                    texts.ForEach(t => log.Append(new Line(t)));
                var bytes = File.ReadAllBytes(path);
                var cut = (int)(share * bytes.Length);
                File.WriteAllBytes(path, bytes[..cut]);
                var whole = bytes[..cut].Count(b => b == '\n');
                AppendLog<Line>.Read(path).Count().ShouldBe(whole);
                using (var log = AppendLog<Line>.Open(path))
                    log.Append(new Line("after"));
                var read = AppendLog<Line>.Read(path).Select(l => l.Text).ToArray();
                read.Length.ShouldBe(whole + 1);
                read[^1].ShouldBe("after");
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Append_FromManyThreads_KeepsEveryLineWhole()
    {
        var path = _folder.PathOf("log.jsonl");
        using (var log = AppendLog<Line>.Open(path))
            Parallel.For(0, 500, i => log.Append(new Line(new string('x', i))));
        AppendLog<Line>.Read(path).Select(l => l.Text.Length).Order().ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public void Read_DamagedLine_SaysWhichOne()
    {
        var path = _folder.PathOf("log.jsonl");
        File.WriteAllText(path, "{\"text\":\"a\"}\n{\"text\":\n{\"text\":\"c\"}\n");
        Should.Throw<EhrR1Exception>(() => AppendLog<Line>.Read(path).ToArray()).Message.ShouldContain("line 2");
    }

    [Fact]
    public void Open_LogThatIsBeingWritten_IsRefused()
    {
        var path = _folder.PathOf("log.jsonl");
        using var log = AppendLog<Line>.Open(path);
        log.Append(new Line("a"));
        Should.Throw<EhrR1Exception>(() => AppendLog<Line>.Open(path));
        AppendLog<Line>.Read(path).ShouldHaveSingleItem().Text.ShouldBe("a");
    }

    internal sealed record Line(string Text);
}
