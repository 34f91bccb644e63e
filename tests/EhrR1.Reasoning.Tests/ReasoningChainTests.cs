using Shouldly;
using Xunit;

namespace EhrR1.Reasoning.Tests;

public sealed class ReasoningChainTests
{
    [Fact]
    public void Template_NotSaid_IsOfElsewhere() =>
        new ReasoningChain { Id = "a-1", SampleId = "a", Chain = "## Final Results\nFurosemide", Answer = ["Furosemide"], Teacher = "narrator" }.Template.ShouldBeEmpty();
}
