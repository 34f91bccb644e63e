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

    [Fact]
    public void Batch_LastStep_HasTheRest()
    {
        var order = new CaseOrder(10, _ => false, 1, 1, seed: 1);
        (order.Batch(0, 4).Length, order.Batch(2, 4).Length).ShouldBe((4, 2));
    }

    private static List<int> Shown(CaseOrder order) => [.. order.Batch(0, order.Count).ToArray()];
}
