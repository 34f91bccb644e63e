using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>The terms of one chart's events, read when they are asked for.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ChartTerms(PatientChart chart, TermTable terms, NoteTerms notes)
{
    private readonly EventTerm[]?[] _events = new EventTerm[]?[chart.Events.Count];
    private readonly List<EventTerm> _read = [];

    public PatientChart Chart => chart;

    /// <summary>The terms of an event, each kind of each once, in the order of the chart.</summary>
    public ReadOnlySpan<EventTerm> Of(int position) => _events[position] ??= Read(chart.Events[position]);

    /// <summary>How an event spells a term that it has.</summary>
    public string TextOf(int position, int term, TermKind kind)
    {
        foreach (var item in chart.Events[position])
        {
            foreach (var (_, candidate) in EventTerms.Terms(item))
            {
                if (candidate.Kind == kind && terms.Intern(candidate.Text) == term)
                    return candidate.Text;
            }
        }

        return NoteOf(position, term).Term;
    }

    /// <summary>How the free text of an event spells a concept that it names.</summary>
    public string SpellingOf(int position, int term) => NoteOf(position, term).Spelling;

    private NoteTerm NoteOf(int position, int term) => notes.Of(chart.SubjectId, position).First(t => terms.Intern(t.Term) == term);

    private EventTerm[] Read(ClinicalEvent e)
    {
        _read.Clear();
        foreach (var item in e)
        {
            long visible = item.VisibleFrom?.Ticks ?? 0;
            foreach (var (_, term) in EventTerms.Terms(item))
                Add(term.Text, term.Kind, visible);
        }

        foreach (var note in notes.Of(chart.SubjectId, e.Position))
            Add(note.Term, TermKind.Note, note.VisibleFrom?.Ticks ?? 0);
        return [.. _read];
    }

    private void Add(string text, TermKind kind, long visible)
    {
        int term = terms.Intern(text);
        for (int i = 0; i < _read.Count; i++)
        {
            if (_read[i].Term != term || _read[i].Kind != kind)
                continue;
            if (visible < _read[i].VisibleFrom)
                _read[i] = _read[i] with { VisibleFrom = visible };
            return;
        }

        _read.Add(new EventTerm(term, kind, visible));
    }
}
