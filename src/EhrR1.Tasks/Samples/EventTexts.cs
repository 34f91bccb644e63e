using System.Text;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The Markdown of the events of one chart after the other, each written once however many samples show it.</summary>
/// <remarks>
/// Samples of one patient share most of their events. In the strict profile a text depends on the moment of reading until all of the event is known;
/// up to then it is written anew each time. Memory holds the texts of one chart. Not safe for several threads at once.
/// </remarks>
/// <param name="profile">The profile whose text is written.</param>
internal sealed class EventTexts(ChartProfile profile)
{
    private readonly ChartMarkdown _markdown = new(profile);
    private readonly StringBuilder _scratch = new(1 << 12);
    private PatientChart? _chart;
    private (int Start, int Length, DateTime SettledFrom)[] _places = [];
    private char[] _texts = new char[1 << 16];
    private int _next;

    /// <summary>The text of an event as it is read at a moment; empty where nothing of it was known yet. It holds until the next call.</summary>
    public ReadOnlySpan<char> Of(PatientChart chart, ClinicalEvent e, DateTime moment)
    {
        if (!ReferenceEquals(_chart, chart))
            Begin(chart);
        ref var place = ref _places[e.Position];
        if (place.SettledFrom == default)
            place.SettledFrom = SettledFrom(e);
        if (moment < place.SettledFrom)
        {
            Render(e, moment);
            var start = Keep();
            _next = start;
            return _texts.AsSpan(start, _scratch.Length);
        }

        if (place.Length < 0)
        {
            Render(e, moment);
            place.Length = _scratch.Length;
            place.Start = Keep();
        }

        return _texts.AsSpan(place.Start, place.Length);
    }

    private void Begin(PatientChart chart)
    {
        _chart = chart;
        _next = 0;
        if (_places.Length < chart.Events.Count)
            _places = new (int, int, DateTime)[Math.Max(chart.Events.Count, 2 * _places.Length)];
        _places.AsSpan(0, chart.Events.Count).Fill((0, -1, default));
    }

    private void Render(ClinicalEvent e, DateTime moment)
    {
        _scratch.Clear();
        _markdown.Append(_scratch, e, moment);
    }

    private int Keep()
    {
        if (_texts.Length - _next < _scratch.Length)
            Array.Resize(ref _texts, Math.Max(2 * _texts.Length, _next + _scratch.Length));
        _scratch.CopyTo(0, _texts.AsSpan(_next), _scratch.Length);
        var start = _next;
        _next += _scratch.Length;
        return start;
    }

    /// <summary>From when on the event's text is always the same.</summary>
    private DateTime SettledFrom(ClinicalEvent e)
    {
        // 1 tick, as the default value says that it is not yet known.
        var settled = new DateTime(1);
        if (profile == ChartProfile.EhrBench)
            return settled;
        // The demographics show the age at the moment.
        if (e.Type.Rank == 0)
            return DateTime.MaxValue;
        var hasTotals = e.Type.Fields.Any(f => f.Visibility == FieldVisibility.FromEnd);
        for (var i = 0; i < e.Count; i++)
        {
            if (e[i].VisibleFrom is { } visible && visible > settled)
                settled = visible;
            if (hasTotals && e[i].Moment("endtime") is { } end && end > settled)
                settled = end;
        }

        return settled;
    }
}
