using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>The terms of a sample: those of its answer, and those of the record that a model reads.</summary>
/// <remarks>The history is the context, the earlier discharge note and the admission; demographics are none. Holds its buffers for the next sample. Not thread-safe.</remarks>
internal sealed class SampleTerms(TermTable terms, ChartProfile profile, bool hasDischargeNotes)
{
    private readonly SampleEvents _events = new(profile, hasDischargeNotes);
    private readonly List<int> _targets = [];
    private readonly List<int> _history = [];
    private readonly List<int> _union = [];
    private readonly List<int> _context = [];
    private int[] _seen = [];
    private int _stamp;

    /// <summary>The terms of the answer, each once, in its order.</summary>
    public List<int> Targets => _targets;

    /// <summary>The terms of the history, each once, in the order of first sight.</summary>
    public List<int> History => _history;

    /// <summary>The terms of both, each once.</summary>
    public List<int> Union => _union;

    /// <summary>The positions of the history's events, in the order of the input.</summary>
    public List<int> Positions => _context;

    /// <summary>The moment up to which terms are known, in ticks; all are in the published profile.</summary>
    public long KnownUpTo { get; private set; }

    /// <summary>Reads a sample of a decision task.</summary>
    public void Read(ChartTerms chart, TaskIndexRow row)
    {
        KnownUpTo = profile == ChartProfile.EhrBench ? long.MaxValue : row.PredictionTime.Ticks;
        if (_stamp > int.MaxValue - 4)
        {
            // After two thousand million stamps, all are forgotten.
            Array.Clear(_seen);
            _stamp = 0;
        }

        ReadHistory(chart, row);
        _targets.Clear();
        _union.Clear();
        _union.AddRange(_history);
        int inHistory = _stamp, inTarget = ++_stamp;
        foreach (var label in row.Labels)
        {
            int term = terms.Intern(label);
            int seen = SeenOf(term);
            if (seen == inTarget)
                continue;
            _seen[term] = inTarget;
            _targets.Add(term);
            if (seen != inHistory)
                _union.Add(term);
        }
    }

    private void ReadHistory(ChartTerms chart, TaskIndexRow row)
    {
        _history.Clear();
        _context.Clear();
        int stamp = ++_stamp;
        foreach (var (part, position) in _events.Of(chart.Chart, row))
        {
            if (position < 0 || part == SamplePart.Demographics)
                continue;
            _context.Add(position);
            foreach (var term in chart.Of(position))
            {
                if (term.VisibleFrom > KnownUpTo || SeenOf(term.Term) == stamp)
                    continue;
                _seen[term.Term] = stamp;
                _history.Add(term.Term);
            }
        }
    }

    private int SeenOf(int term)
    {
        if (term >= _seen.Length)
            Array.Resize(ref _seen, Math.Max(1024, Math.Max(term + 1, _seen.Length * 2)));
        return _seen[term];
    }
}
