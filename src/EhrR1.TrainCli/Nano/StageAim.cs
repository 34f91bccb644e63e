using System.Globalization;
using EhrR1.Evaluation;

namespace EhrR1.TrainCli;

/// <summary>Something that a stage is there for, and whether it came about.</summary>
/// <param name="What">The aim.</param>
/// <param name="IsMet">Whether the figure reaches it, with its whole interval where it has one.</param>
/// <param name="Figure">The figure.</param>
internal sealed record StageAim(string What, bool IsMet, string Figure)
{
    private const double WellFormed = 0.9;
    private const double Chance = 0.5;

    /// <summary>The aims of the stages that were scored.</summary>
    public static IReadOnlyList<StageAim> Of(IReadOnlyList<StageScore> stages)
    {
        var aims = new List<StageAim>();
        foreach (var stage in stages)
        {
            switch (stage.Kind)
            {
                case Training.TrainingStageKind.DomainAdaptation:
                    Add($"{stage.Name}: decisions better than the label prior", stage.AbovePrior, 0, signed: true);
                    Add($"{stage.Name}: risks better than chance", stage.Risk, Chance, signed: false);
                    break;
                case Training.TrainingStageKind.ReasoningEnhancement when stage.WellFormed is { } share:
                    aims.Add(new StageAim($"{stage.Name}: at least 90 % of chains well-formed", share >= WellFormed, string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %")));
                    break;
                case Training.TrainingStageKind.ReinforcementLearning:
                    Add($"{stage.Name}: a higher reward than the stage before", stage.AboveStageBefore, 0, signed: true);
                    break;
            }
        }

        return aims;

        void Add(string what, Score? score, double least, bool signed)
        {
            if (score is not null)
                aims.Add(new StageAim(what, score.Low > least, StageTable.Text(score, signed)));
        }
    }

    /// <summary>Writes a line for each aim.</summary>
    public static void Write(TextWriter to, IReadOnlyList<StageAim> aims)
    {
        foreach (var aim in aims)
            to.WriteLine($"{(aim.IsMet ? "met   " : "missed")}  {aim.What}: {aim.Figure}");
    }
}
