using System.Buffers;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Makes samples out of a chart and rows of its task index: the text that a model reads, and the candidates.</summary>
/// <remarks>
/// Keeps the last chart that it looked up, and its events' texts, so ask for the samples of one chart together. Not safe for several threads at once.
/// </remarks>
/// <param name="profile">The profile of the chart and the index.</param>
/// <param name="candidates">The candidate answers; <see langword="null"/> makes samples of decision tasks without any.</param>
/// <param name="hasDischargeNotes">As in <see cref="TaskIndexOptions.HasDischargeNotes"/>.</param>
public sealed class SampleBuilder(ChartProfile profile, CandidateMaker? candidates = null, bool hasDischargeNotes = true)
{
    private const string Gap = "\n\n";

    private readonly SampleEvents _events = new(profile, hasDischargeNotes);
    private readonly EventTexts _texts = new(profile);
    private readonly ArrayBufferWriter<char> _input = new(1 << 16);

    /// <summary>Makes one sample.</summary>
    /// <param name="chart">The patient's chart, grouped by the profile.</param>
    /// <param name="row">A row of the chart's task index, made with the same settings.</param>
    /// <exception cref="EhrR1Exception">The chart does not hold the row's anchor: chart and index do not belong together.</exception>
    public Sample Build(PatientChart chart, TaskIndexRow row)
    {
        var items = new List<SampleItem>();
        _input.ResetWrittenCount();
        Write(_input, chart, row, items);
        return new() { Row = row, Profile = profile, Input = _input.WrittenSpan.ToString(), Candidates = candidates?.For(row) ?? CandidateMaker.WithoutVocabulary(row.Definition), Items = items };
    }

    /// <summary>Writes the input of one sample alone, the text of <see cref="Sample.Input"/>, where nothing else of it is wanted.</summary>
    /// <param name="to">Receives the text.</param>
    /// <param name="chart">As in <see cref="Build"/>.</param>
    /// <param name="row">As in <see cref="Build"/>.</param>
    /// <exception cref="EhrR1Exception">As in <see cref="Build"/>.</exception>
    public void WriteInput(IBufferWriter<char> to, PatientChart chart, TaskIndexRow row)
    {
        ArgumentNullException.ThrowIfNull(to);
        Write(to, chart, row, items: null);
    }

    private void Write(IBufferWriter<char> to, PatientChart chart, TaskIndexRow row, List<SampleItem>? items)
    {
        var isEmpty = true;
        foreach (var (part, position) in _events.Of(chart, row))
        {
            if (position >= 0 && (row.Published is null || chart.Events[position].Type.IsShown))
            {
                var e = chart.Events[position];
                var moment = part == SamplePart.Demographics ? row.AnchorTime : row.PredictionTime;
                var text = _texts.Of(chart, e, moment);
                if (text.IsEmpty)
                    continue;
                if (!isEmpty)
                    to.Write(Gap);
                to.Write(text);
                isEmpty = false;
                if (items is not null)
                    AddItems(items, part, e, moment);
            }
            else if (profile == ChartProfile.EhrBench)
            {
                // As published, what is absent leaves its empty place, so that blank lines add up; the strict profile leaves no gaps.
                to.Write(Gap);
                isEmpty = false;
            }
        }
    }

    private void AddItems(List<SampleItem> items, SamplePart part, ClinicalEvent e, DateTime moment)
    {
        for (var i = 0; i < e.Count; i++)
        {
            if (profile == ChartProfile.EhrBench || !(e[i].VisibleFrom > moment))
                items.Add(new SampleItem(part, e[i]));
        }
    }
}
