using CsCheck;
using Shouldly;
using Xunit;

namespace EhrR1.Knowledge.Tests;

public sealed class PairCounterTests
{
    // A sample's target and history, by small numbers so that pairs repeat, and by large ones so that rows stay hash tables.
    private static readonly Gen<int[]> _terms = Gen.OneOf(Gen.Int[0, 12], Gen.Int[0, 5000]).Array[0, 40].Select(t => t.Distinct().ToArray());

    [Fact]
    public void Merge_RandomSamplesSpilledAtRandom_EqualsCountingInADictionary()
    {
        using var folder = new TemporaryFolder();
        Gen.Select(Gen.Select(_terms, _terms, Gen.Int[0, 3], Gen.Bool).Array[0, 40], Gen.Int[1, 4]).Sample((samples, parts) =>
        {
            var counters = Enumerable.Range(0, parts).Select(i => new PairCounter(folder.PathOf($"{i}"))).ToArray();
            var plain = new SortedDictionary<(int, int), long>();
            foreach (var (targets, history, part, spill) in samples)
            {
                var counter = counters[part % parts];
                counter.Add([.. targets], [.. history], [.. targets.Union(history)], 5001);
                if (spill)
                    counter.Spill();
                foreach (int t in targets)
                {
                    foreach (int h in history)
                        plain[(t, h)] = plain.GetValueOrDefault((t, h)) + 1;
                }
            }

            PairCounter.Merge(counters).Select(p => ((p.Target, p.History), p.Samples)).ShouldBe(plain.Select(p => (p.Key, p.Value)));
            for (int term = 0; term < 20; term++)
                counters.Sum(c => c.With(term)).ShouldBe(samples.LongCount(s => s.Item1.Contains(term) || s.Item2.Contains(term)));
            counters.Sum(c => c.Samples).ShouldBe(samples.Length);
            counters.Sum(c => c.Increments).ShouldBe(plain.Values.Sum());
            foreach (var counter in counters)
                counter.Dispose();
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void Add_RowThatBecomesAnArrayWithinASample_CountsEachTermOnce()
    {
        using var folder = new TemporaryFolder();
        using var counter = new PairCounter(folder.PathOf("spill"));
        List<int> history = [.. Enumerable.Range(0, 100)];

        counter.Add([3], history, history, 100);
        // Terms that came after the row became an array.
        counter.Add([3], [150, 3, 99], [150, 3, 99], 151);

        PairCounter.Merge([counter]).ShouldBe([.. Enumerable.Range(0, 100).Select(h => new PairCount(3, h, h is 3 or 99 ? 2 : 1)), new PairCount(3, 150, 1)]);
    }

    [Fact]
    public void Spill_PlaceCannotBeWritten_SaysWhereAndWhatToDo()
    {
        using var counter = new PairCounter(Path.Combine(Path.GetTempPath(), "no such folder", "spill"));
        counter.Add([1], [2], [1, 2], 3);

        var error = Should.Throw<Charts.EhrR1Exception>(counter.Spill);

        error.Message.ShouldContain("cannot be written");
    }
}
