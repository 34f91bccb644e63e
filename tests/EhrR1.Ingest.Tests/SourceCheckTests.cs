using System.Text;
using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

public sealed class SourceCheckTests : IDisposable
{
    private static readonly byte[] _text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 300).Select(i => $"{i},{i * 7919 % 1000}")));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verify_WholeFile_GivesItsHash()
    {
        var file = Write(SourceWriter.Compress(_text));
        SourceCheck.Verify(file, CancellationToken.None).ShouldBe(FileHash.OfFile(file.Path));
        var plain = Write(_text, "x.csv");
        SourceCheck.Verify(plain, CancellationToken.None).ShouldBe(FileHash.OfFile(plain.Path));
    }

    [Fact]
    public void Verify_SeveralMembersInOneFile_AreOneText()
    {
        var file = Write([.. SourceWriter.Compress(_text), .. SourceWriter.Compress(_text)]);
        SourceCheck.Verify(file, CancellationToken.None).ShouldBe(FileHash.OfFile(file.Path));
    }

    [Fact]
    public void Verify_CutAtAnyByte_IsAnError()
    {
        var whole = SourceWriter.Compress(_text);
        for (var length = 1; length < whole.Length; length++)
        {
            var file = Write(whole[..length]);
            Should.Throw<EhrR1Exception>(() => SourceCheck.Verify(file, CancellationToken.None), $"{length} of {whole.Length} bytes").Message
                .ShouldMatch($@"^The gzip file is truncated or damaged: .*[^.] \({file.Path}\)\. Download it again and compare it with the checksums that came with it\.$");
        }
    }

    [Fact]
    public void Verify_AnyByteOfTheContentChanged_IsAnError()
    {
        var whole = SourceWriter.Compress(_text);
        for (var i = 10; i < whole.Length; i += 7)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0x10;
            var file = Write(damaged);
            Should.Throw<EhrR1Exception>(() => SourceCheck.Verify(file, CancellationToken.None), $"byte {i} of {whole.Length}");
        }
    }

    [Fact]
    public void Verify_NoGzipAtAll_IsAnError()
        => Should.Throw<EhrR1Exception>(() => SourceCheck.Verify(Write(_text), CancellationToken.None)).What.ShouldStartWith("The gzip file is truncated or damaged: ");

    [Fact]
    public void Verify_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => SourceCheck.Verify(Write(SourceWriter.Compress(_text)), stop.Token));
    }

    [Fact]
    public void Verify_MissingFile_IsAnErrorOfTheUsers()
        => Should.Throw<EhrR1Exception>(() => SourceCheck.Verify(new SourceFile("x", _folder.PathOf("none.csv"), 0), CancellationToken.None)).What.ShouldStartWith("The file cannot be read: ");

    private SourceFile Write(byte[] content, string name = "x.csv.gz")
    {
        File.WriteAllBytes(_folder.PathOf(name), content);
        return new SourceFile("x", _folder.PathOf(name), content.Length);
    }
}
