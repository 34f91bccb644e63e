namespace EhrR1.Charts.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteText_NewFile_HasNoByteOrderMark()
    {
        AtomicFile.WriteText(_folder.PathOf("x", "a.txt"), "µ");
        File.ReadAllBytes(_folder.PathOf("x", "a.txt")).ShouldBe([0xC2, 0xB5]);
        Directory.GetFiles(_folder.PathOf("x")).Length.ShouldBe(1);
    }

    [Fact]
    public void Write_ThatFailsHalfWay_LeavesTheOldFileAndNoLeftover()
    {
        var path = _folder.PathOf("a.txt");
        AtomicFile.WriteText(path, "old");
        Should.Throw<NotSupportedException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the n"u8);
            throw new NotSupportedException();
        }));
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
    }

    [Fact]
    public void Write_OverTheLeftoverOfAKilledProcess_Succeeds()
    {
        var path = _folder.PathOf("a.txt");
        File.WriteAllText(path + AtomicFile.TemporaryEnding, "a longer leftover than the new text");
        AtomicFile.WriteText(path, "new");
        File.ReadAllText(path).ShouldBe("new");
        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
    }

    [Fact]
    public void Write_WhereTheDiskRefuses_NamesTheFile()
    {
        var path = _folder.PathOf("a.txt");
        var error = Should.Throw<EhrR1Exception>(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device")));
        error.Message.ShouldBe($"The file cannot be written: No space left on device ({path}). Free disk space or choose a folder that you may write to, then run the command again.");
        Directory.GetFiles(_folder.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public void Write_UnderAFile_IsAnErrorOfTheUsers()
    {
        File.WriteAllText(_folder.PathOf("file"), "");
        Should.Throw<EhrR1Exception>(() => AtomicFile.WriteText(_folder.PathOf("file", "a.txt"), "x")).What.ShouldStartWith("The file cannot be written: ");
    }
}
