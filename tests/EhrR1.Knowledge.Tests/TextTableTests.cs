using CsCheck;

namespace EhrR1.Knowledge.Tests;

public sealed class TextTableTests
{
    [Fact]
    public void Sorted_AnyTexts_IsTheOrderOfTheirBytes() =>
        // Few letters and long shared beginnings, and zeros, which stand for a text's end while it is sorted.
        Gen.Select(Gen.Int[0, 20], Gen.Byte[0, 2].Array[0, 20]).Array[0, 200].Sample(texts =>
        {
            var table = new TextTable();
            foreach (var (same, end) in texts)
                table.Intern([.. Enumerable.Repeat((byte)1, same), .. end]);
            var expected = Enumerable.Range(0, table.Count).Select(i => table[i].ToArray()).ToList();
            expected.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
            var sorted = table.Sorted();
            sorted.Order().ShouldBe(Enumerable.Range(0, table.Count));
            for (int i = 0; i < sorted.Length; i++)
                table[sorted[i]].SequenceEqual(expected[i]).ShouldBeTrue();
        }, iter: 300, threads: 1);

    [Fact]
    public void Clear_TableInUse_StartsAnew()
    {
        var table = new TextTable();
        for (int i = 0; i < 1_000; i++)
            table.Intern($"text {i}");
        table.Clear();
        table.Count.ShouldBe(0);
        table.Find("text 1").ShouldBe(-1);
        table.Intern("text 1").ShouldBe(0);
        for (int i = 0; i < 1_000; i++)
            table.Intern($"text {i}");
        table.Count.ShouldBe(1_000);
        table.Find("text 1").ShouldBe(0);
    }
}
