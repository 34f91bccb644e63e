using System.Numerics;
using CsCheck;

namespace EhrR1.Knowledge.Tests;

public sealed class MarkScanTests
{
    [Fact]
    public void Next_RandomMarks_EqualsCountingEach() =>
        Gen.Select(Gen.ULong.Array[0, 40], Gen.ULong, Gen.Int[0, 64]).Sample((marks, mark, differ) =>
        {
            var found = new List<int>();
            for (int at = MarkScan.Next(marks, 0, mark, differ); at < marks.Length; at = MarkScan.Next(marks, at + 1, mark, differ))
                found.Add(at);
            found.ShouldBe(Enumerable.Range(0, marks.Length).Where(i => BitOperations.PopCount(mark ^ marks[i]) <= differ));
        }, iter: 2000);
}
