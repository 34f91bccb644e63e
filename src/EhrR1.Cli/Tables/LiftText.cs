using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>What the co-occurrence table holds, for people.</summary>
internal static class LiftText
{
    public static void Write(TextWriter to, LiftSummary summary)
    {
        var table = new PlainTable("Task", ">Samples", ">Targets", ">Too common", ">Samples, all too common", ">Pairs", ">Kept", ">Targets kept");
        foreach (var task in summary.Tasks)
        {
            table.Add(
                task.Task, ConceptText.Number(task.Samples), ConceptText.Number(task.Targets), ConceptText.Number(task.TooCommon), ConceptText.Share(task.SamplesTooCommon, task.Samples),
                ConceptText.Number(task.Pairs), ConceptText.Number(task.Kept), ConceptText.Number(task.TargetsKept));
        }

        table.Write(to);
        to.WriteLine("A target is too common where N / n(t), the highest Lift that it could have, is not above the threshold.");
    }
}
