using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Holds a chain's end against the sample's answer, and looks where it may be copied from.</summary>
internal sealed class AnswerCheck(SampleIndex sample, GraphIndex? graph, ParsedChain chain, FaultList faults)
{
    private TaskIndexRow Row => sample.Sample.Row;

    /// <summary>Fidelity, recall and derivation of the final items.</summary>
    public (double Fidelity, double Recall, double Derivation) Measure()
    {
        if (chain.Probability is { } p && chain.Template.Declares(ChainSectionKind.Probability) && sample.Labels.Count == 1)
            return OfProbability(p);
        if (chain.FinalItems.Count == 0)
        {
            faults.Add(GroundingFaultKind.NoFinalItem, default);
            return (0, 0, 0);
        }

        int right = 0, copied = 0, derived = 0;
        foreach (var item in chain.FinalItems)
        {
            bool isRight = sample.Labels.Contains(item.Text);
            if (isRight)
                right++;
            else
                faults.Contradict(GroundingFaultKind.WrongItem, item.Span, item.Text);
            if (isRight && IsCopied(item))
            {
                copied++;
                faults.Add(GroundingFaultKind.CopiedItem, item.Span, item.Text);
            }

            if (IsDerived(item))
                derived++;
            else if (isRight)
                faults.Add(GroundingFaultKind.UnderivedItem, item.Span, item.Text);
        }

        double count = chain.FinalItems.Count;
        return ((right - copied) / count, sample.Labels.Count == 0 ? 0 : (double)right / sample.Labels.Count, derived / count);
    }

    private (double Fidelity, double Recall, double Derivation) OfProbability(double p)
    {
        bool happened = sample.Labels.Contains("yes");
        bool isRight = p >= 0.5 == happened;
        if (!isRight)
            faults.Contradict(GroundingFaultKind.WrongItem, chain.Section(ChainSectionKind.Probability)!.Body);
        return (happened ? p : 1 - p, isRight ? 1 : 0, 1);
    }

    /// <summary>Whether the item is cited from the target itself, or from an event at or after the question that has it.</summary>
    private bool IsCopied(ChainItem item)
    {
        foreach (var cited in chain.Events)
        {
            if (cited.Time is not { } time || time < Row.PredictionTime || !NumberWords.Holds(cited.Said.Of(chain.Text), item.Text))
                continue;
            var type = InputIndex.TypeOf(cited.Name);
            bool isTarget = type is not null && type.Name == Row.Event && TimeMention.IsSame(time, cited.Precision, Row.AnchorTime);
            if (isTarget || type is null || !sample.Input.Of(type).Any(p => IsAt(p, cited)) || sample.Input.Of(type).Any(p => IsAt(p, cited) && NumberWords.Holds(sample.Input.TextOf(p), item.Text)))
                return true;
        }

        return false;
    }

    private bool IsAt(int place, CitedEvent cited) => sample.Input.Events[place].Time is { } time && TimeMention.IsSame(cited.Time!.Value, cited.Precision, time);

    /// <summary>Whether a step of the reasoning names the item, or the concept that the graph knows it by.</summary>
    private bool IsDerived(ChainItem item)
    {
        foreach (var section in chain.Sections)
        {
            if (section.Kind == ChainSectionKind.Reasoning && Names(section.Body.Of(chain.Text), item.Text))
                return true;
        }

        return false;
    }

    private bool Names(ReadOnlySpan<char> reasoning, string item)
    {
        if (NumberWords.Holds(reasoning, item))
            return true;
        if (graph?.IsName(item) != true)
            return false;
        foreach (var alias in graph.AliasesOf(item))
        {
            if (NumberWords.Holds(reasoning, alias))
                return true;
        }

        return false;
    }
}
