using EhrR1.Tasks;

namespace EhrR1.Training.Tests;

public sealed class CaseOrderTests
{
    [Theory, InlineData(1, 1), InlineData(3, 1), InlineData(2, 0), InlineData(1, 0.3)]
    public void Order_WholeEpochs_ShowsEachCaseAsOften(int epochs, double curriculum)
    {
        var order = new CaseOrder(50, i => i % 3 == 0, epochs, curriculum, seed: 5);
        order.Count.ShouldBe(50 * epochs);
        Shown(order).GroupBy(i => i).ShouldAllBe(g => g.Count() == epochs);
    }

    [Fact]
    public void Order_SeedsAndEpochs_Shuffle()
    {
        var first = Shown(new CaseOrder(100, _ => false, 1, 1, seed: 1));
        first.SequenceEqual(first.Order()).ShouldBeFalse();
        Shown(new CaseOrder(100, _ => false, 1, 1, seed: 1)).ShouldBe(first);
        Shown(new CaseOrder(100, _ => false, 1, 1, seed: 2)).SequenceEqual(first).ShouldBeFalse();
        new CaseOrder(100, _ => false, 0.25, 1, seed: 1).Count.ShouldBe(25);
    }

    [Fact]
    public void Order_Curriculum_ShareOfReasoningGrowsFromAToTwoMinusA()
    {
        const double a = 0.25;
        const int cases = 40_000;
        var shown = Shown(new CaseOrder(cases, i => i % 10 == 0, 1, a, seed: 3));
        // Direct cases are even, so the density of reasoning cases is read off their share.
        for (var tenth = 0; tenth < 10; tenth++)
        {
            var part = shown.Skip(tenth * cases / 10).Take(cases / 10).ToList();
            var reasoning = part.Count(i => i % 10 == 0);
            var expected = (a + (2 * (1 - a) * (tenth + 0.5) / 10)) / 9;
            ((double)reasoning / (part.Count - reasoning)).ShouldBe(expected, 0.025);
        }
    }

    [Theory, InlineData(0.5, 0), InlineData(0.5, 0.5), InlineData(1.5, 0)]
    public void Order_PartOfAnEpochWithACurriculum_HasAsManyReasoningCasesAsAWholeOne(double epochs, double a)
    {
        const int cases = 40_000;
        var shown = Shown(new CaseOrder(cases, i => i % 4 == 0, epochs, a, seed: 3));
        shown.Count.ShouldBe((int)(cases * epochs));
        ((double)shown.Count(i => i % 4 == 0) / shown.Count).ShouldBe(0.25, 0.01);
        shown.GroupBy(i => i).ShouldAllBe(g => g.Count() <= Math.Ceiling(epochs));
        // From a times the mean to 2 − a times, over what is shown.
        foreach (var tenth in (int[])[0, 9])
        {
            var part = shown.Skip(tenth * shown.Count / 10).Take(shown.Count / 10).ToList();
            var reasoning = part.Count(i => i % 4 == 0);
            ((double)reasoning / (part.Count - reasoning)).ShouldBe((a + (2 * (1 - a) * (tenth + 0.5) / 10)) / 3, 0.09);
        }
    }

    [Theory, InlineData(1, 0.3), InlineData(3, 0.5), InlineData(2, 1)]
    public void Order_WholeEpochs_IsThatOfPlacesAlone(int epochs, double a)
    {
        var places = new List<(double Place, int Case)>();
        for (var i = 0; i < 60 * epochs; i++)
        {
            var hash = new StableHash(5);
            hash.Add(i / 60);
            hash.Add(i % 60);
            var even = ((i / 60) + hash.Unit) / epochs;
            // Where a x + (1 − a) x² comes to it.
            places.Add((i % 3 > 0 || a >= 1 ? even : (Math.Sqrt((a * a) + (4 * (1 - a) * even)) - a) / (2 * (1 - a)), i % 60));
        }

        Shown(new CaseOrder(60, i => i % 3 == 0, epochs, a, seed: 5)).ShouldBe(places.OrderBy(p => p.Place).Select(p => p.Case));
    }

    [Fact]
    public void Batch_LastStep_HasTheRest()
    {
        var order = new CaseOrder(10, _ => false, 1, 1, seed: 1);
        (order.Batch(0, 4).Length, order.Batch(2, 4).Length).ShouldBe((4, 2));
    }

    private static List<int> Shown(CaseOrder order) => [.. order.Batch(0, order.Count).ToArray()];
}
