using EhrR1.Charts;
using EhrR1.Scoring;

namespace EhrR1.Training.Tests;

public sealed class WorkspaceContextsTests
{
    [Fact]
    public void Find_SampleOfTheWorkspace_HasItsInputAndGraph()
    {
        using var folder = new TemporaryFolder();
        var id = Rewarded.Build(folder.PathOf("w"));
        using var workspace = Workspace.Open(folder.PathOf("w"));
        using var contexts = WorkspaceContexts.Open(workspace, "graphs", kept: 2, TestContext.Current.CancellationToken);
        contexts.Graphs.ShouldBe(2);
        var found = contexts.Find(id);
        found.Sample.Id.ShouldBe(id);
        found.Sample.Input.ShouldContain("Sodium");
        found.Graph!.Edges.ShouldHaveSingleItem();
        contexts.Find(id).ShouldBeSameAs(found);
        contexts.VocabularyOf("prescriptions").Knows("digoxin", new HashSet<string>()).ShouldBeTrue();
        contexts.VocabularyOf("prescriptions").Knows("digoxin", AnswerReader.NormalizeLabels(["Digoxin"])).ShouldBeFalse("the sample's own label");
        Rewarded.Grounded().Score(Rewarded.Decision(Rewarded.Completion()) with { Context = found }).Terms.Grounding.ShouldBe(1);
    }

    [Fact]
    public void Find_MoreThanAreKept_ReadsTheFirstAgain()
    {
        using var folder = new TemporaryFolder();
        Rewarded.Build(folder.PathOf("w"));
        using var workspace = Workspace.Open(folder.PathOf("w"));
        using var contexts = WorkspaceContexts.Open(workspace, "graphs", kept: 2, TestContext.Current.CancellationToken);
        using var index = EhrR1.Tasks.TaskIndexStore.Open(workspace);
        var ids = index.ReadAll(TestContext.Current.CancellationToken).Select(r => r.Id).ToList();
        ids.Count.ShouldBeGreaterThan(3);
        var first = contexts.Find(ids[0]);
        foreach (var id in ids.Skip(1))
            contexts.Find(id).Sample.Id.ShouldBe(id);
        contexts.Find(ids[0]).ShouldNotBeSameAs(first);
        contexts.Find(ids[0]).Sample.Input.ShouldBe(first.Sample.Input);
    }

    [Theory]
    [InlineData("prescriptions-1-0000000000000000"), InlineData("prescriptions-9-0000000000000000"), InlineData("nothing"), InlineData("")]
    public void Find_UnknownSample_IsTheUsersError(string id)
    {
        using var folder = new TemporaryFolder();
        Rewarded.Build(folder.PathOf("w"));
        using var workspace = Workspace.Open(folder.PathOf("w"));
        using var contexts = WorkspaceContexts.Open(workspace, "graphs", cancellationToken: TestContext.Current.CancellationToken);
        Should.Throw<EhrR1Exception>(() => contexts.Find(id)).Message.ShouldContain("no such sample");
    }

    [Fact]
    public void Find_GraphsRewrittenMeanwhile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var id = Rewarded.Build(folder.PathOf("w"));
        using var workspace = Workspace.Open(folder.PathOf("w"));
        using var contexts = WorkspaceContexts.Open(workspace, "graphs", cancellationToken: TestContext.Current.CancellationToken);
        File.WriteAllText(folder.PathOf("w", "graphs", "train-0000.jsonl"), "{}\n");
        Should.Throw<EhrR1Exception>(() => contexts.Find(id)).Message.ShouldContain("have changed");
    }
}
