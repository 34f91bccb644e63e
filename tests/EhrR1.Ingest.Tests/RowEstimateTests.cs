using System.Text;

namespace EhrR1.Ingest.Tests;

public sealed class RowEstimateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_SmallFile_CountsItsRows(bool isGzip)
        => RowEstimate.Of(Write("id,text\n1,a\n2,\"b, \"\"quoted\"\"\nover\nthree lines\"\n3,c\n", isGzip)).ShouldBe(3);

    [Fact]
    public void Of_HeaderAlone_IsNone() => RowEstimate.Of(Write("id,text\n", isGzip: true)).ShouldBe(0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_LargeFile_IsNearTheTruth(bool isGzip)
    {
        var text = new StringBuilder("id,value\n");
        for (var i = 0; i < 200_000; i++)
            text.Append(i).Append(',').Append((uint)(i * 2654435761)).Append('\n');
        RowEstimate.Of(Write(text.ToString(), isGzip)).ShouldBeInRange(190_000, 220_000);
    }

    [Fact]
    public void Of_FileThatIsNoGzip_IsNoneAndNoError()
    {
        var path = _folder.PathOf("t.csv.gz");
        File.WriteAllText(path, "no gzip at all");
        RowEstimate.Of(new SourceFile("t", path, new FileInfo(path).Length)).ShouldBe(0);
    }

    private SourceFile Write(string text, bool isGzip)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var path = _folder.PathOf(isGzip ? "t.csv.gz" : "t.csv");
        File.WriteAllBytes(path, isGzip ? SourceWriter.Compress(bytes) : bytes);
        return new SourceFile("t", path, new FileInfo(path).Length);
    }
}
