using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class EchoTests
{
    [Theory]
    [InlineData(2.5, "furosemide ", 2.5, true)]
    [InlineData(2.001, "Furosemide", 2.001, true)]
    [InlineData(2, "Furosemide", 2, false)]
    [InlineData(2.5, "Furosemide 20 mg", 2.5, false)]
    [InlineData(2.5, "Furosemide", 3.5, false)]
    public void Index_Strict_FlagsWhatAnotherTypeNamedWithinTheHour(double at, string name, double visible, bool echo)
        => Chart(at, name, visible, 1).Index("prescriptions", ChartProfile.Strict).Single().Echo.ShouldBe(echo);

    [Fact]
    public void Index_StrictOtherStay_IsNoEcho()
        => Chart(2.5, "Furosemide", 2.5, 2).Index("prescriptions", ChartProfile.Strict).Single().Echo.ShouldBeFalse();

    [Fact]
    public void Index_StrictSameType_IsNoEcho()
        => new ChartBuilder(1).Patient().Lab(1).Add("prescriptions", At(2.5), 1, ("drug", "Furosemide")).Add("prescriptions", At(3), 1, ("drug", "Furosemide"))
            .Index("prescriptions", ChartProfile.Strict)[^1].Echo.ShouldBeFalse();

    [Fact]
    public void Index_Published_FlagsNothing()
        => Chart(2.5, "Furosemide", 2.5, 1).Index("prescriptions").Single().Echo.ShouldBeFalse();

    private static ChartBuilder Chart(double at, string name, double visible, long hadm) => new ChartBuilder(1).Patient().Order(1)
        .Add("pharmacy", At(at), hadm, null, At(visible), ("medication", name)).Add("prescriptions", At(3), 1, ("drug", "Furosemide"));
}
