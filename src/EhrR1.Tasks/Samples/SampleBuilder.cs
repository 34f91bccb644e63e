using System.Text;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Makes samples out of a chart and rows of its task index: the text that a model reads, and the candidates.</summary>
/// <remarks>
/// Keeps the last chart that it looked up, so ask for the samples of one chart together. Not safe for several threads at once.
/// </remarks>
/// <param name="profile">The profile of the chart and the index.</param>
/// <param name="candidates">The candidate answers; <see langword="null"/> makes samples of decision tasks without any.</param>
/// <param name="hasDischargeNotes">As in <see cref="TaskIndexOptions.HasDischargeNotes"/>.</param>
public sealed class SampleBuilder(ChartProfile profile, CandidateMaker? candidates = null, bool hasDischargeNotes = true)
{
    private const string Gap = "\n\n";

    private readonly ChartMarkdown _markdown = new(profile);
    private readonly SampleEvents _events = new(profile, hasDischargeNotes);
    private readonly StringBuilder _text = new(1 << 16);

    /// <summary>Makes one sample.</summary>
    /// <param name="chart">The patient's chart, grouped by the profile.</param>
    /// <param name="row">A row of the chart's task index, made with the same settings.</param>
    /// <exception cref="EhrR1Exception">The chart does not hold the row's anchor: chart and index do not belong together.</exception>
    public Sample Build(PatientChart chart, TaskIndexRow row)
    {
        var items = new List<SampleItem>();
        _text.Clear();
        foreach (var (part, position) in _events.Of(chart, row))
        {
            if (position >= 0 && (row.Published is null || chart.Events[position].Type.IsShown))
                Append(part, chart.Events[position], part == SamplePart.Demographics ? row.AnchorTime : row.PredictionTime, items);
            else if (profile == ChartProfile.EhrBench)
                // As published, what is absent leaves its empty place, so that blank lines add up; the strict profile leaves no gaps.
                _text.Append(Gap);
        }

        return new() { Row = row, Profile = profile, Input = _text.ToString(), Candidates = candidates?.For(row) ?? CandidateMaker.WithoutVocabulary(row.Definition), Items = items };
    }

    private void Append(SamplePart part, ClinicalEvent e, DateTime moment, List<SampleItem> items)
    {
        var length = _text.Length;
        if (length > 0)
            _text.Append(Gap);
        if (!_markdown.Append(_text, e, moment))
        {
            _text.Length = length;
            return;
        }

        for (var i = 0; i < e.Count; i++)
        {
            if (profile == ChartProfile.EhrBench || !(e[i].VisibleFrom > moment))
                items.Add(new SampleItem(part, e[i]));
        }
    }
}
