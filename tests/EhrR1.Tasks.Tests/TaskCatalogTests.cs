using EhrR1.Charts;

namespace EhrR1.Tasks.Tests;

public sealed class TaskCatalogTests
{
    [Fact]
    public void Tasks_All_AreThoseOfPaperAndRelease()
    {
        TaskCatalog.Tasks.Count(t => t is { Kind: TaskKind.Decision, IsExtra: false }).ShouldBe(24);
        TaskCatalog.Tasks.Count(t => t.Kind == TaskKind.Risk).ShouldBe(18);
        TaskCatalog.Tasks.Where(t => t.IsExtra).Select(t => t.Name).ShouldBe(["pyxis", "chartevents", "next_event", "discharge"]);
        TaskCatalog.Tasks.Select(t => t.Name).Distinct().Count().ShouldBe(46);
    }

    [Fact]
    public void Tasks_Definitions_AreAsPublished()
    {
        var lines = TaskCatalog.Tasks.Select(t => string.Join(" | ", t.Name, t.TaskType, t.AnchorEvent ?? "any", t.TargetKey ?? "-", t.Metric, t.InstructionCap,
            t.DrawsByWeight ? "weighted" : "uniform", t.Instruction));
        Snapshot.ShouldMatch(string.Join('\n', lines) + "\n", "TaskCatalog.expected.txt");
    }

    [Fact]
    public void InstructionCap_AllTasks_AddUpToThePublishedSize()
        => TaskCatalog.Tasks.Sum(t => t.InstructionCap).ShouldBe(3_880_000);

    [Fact]
    public void TargetFields_AllTasks_AreTextOfTheirAnchor()
    {
        foreach (var task in TaskCatalog.Tasks.Where(t => t.TargetFields.Count > 0))
            task.TargetFields.ShouldAllBe(f => EventCatalog.Get(task.AnchorEvent!)[f].Kind == FieldKind.Text || EventCatalog.Get(task.AnchorEvent!)[f].Kind == FieldKind.Labels);
    }

    [Fact]
    public void Get_UnknownTask_IsTheUsersError()
        => Should.Throw<EhrR1Exception>(() => TaskCatalog.Get("ED_ICU_Transfer")).Message.ShouldContain("ED_ICU_Transfer");
}
