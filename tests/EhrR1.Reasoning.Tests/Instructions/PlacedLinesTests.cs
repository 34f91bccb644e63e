using System.Text;
using CsCheck;

namespace EhrR1.Reasoning.Tests;

public sealed class PlacedLinesTests
{
    [Fact]
    public void Read_AnyFile_GivesTheLinesOfThePlainReaderAndTheirPlaces()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("lines");
        Gen.Select(Gen.OneOf(Gen.Int[0, 40], Gen.Int[60_000, 140_000]).Array[0, 8], Gen.Bool).Sample(
            (lengths, endsWithLine) =>
            {
                var text = string.Join('\n', lengths.Select((l, i) => new string((char)('a' + i), l))) + (endsWithLine ? "\n" : "");
                File.WriteAllText(path, text);
                var lines = PlacedLines.Read(path).Select(l => (l.Start, Text: Encoding.UTF8.GetString(l.Text.Span))).ToList();
                lines.Select(l => l.Text).ShouldBe(text.Split('\n').Where(l => l.Length > 0));
                foreach (var (start, line) in lines)
                {
                    text.AsSpan((int)start).StartsWith(line).ShouldBeTrue();
                    PlacedLines.Read(path, start, start + line.Length + 1).Select(l => Encoding.UTF8.GetString(l.Text.Span)).ShouldBe([line]);
                }
            },
            iter: 60, threads: 1);
    }
}
