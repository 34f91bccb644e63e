using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Finds the concepts of one shard's charts and writes them. Not thread-safe.</summary>
internal sealed class ShardConcepts(Terminology terminology, LinkCache links, NoteMatcher notes, ConceptTally tally, ConceptWriter writer)
{
    private static readonly EventField?[] _noteFields = NoteFields(("admissions", "admission_info"), ("radiology", "text"), ("discharge", "text"));

    private readonly Dictionary<(EventField Field, ChartTerm Term), DateTime?> _terms = [];
    private readonly List<(EventField Field, ChartTerm Term)> _order = [];

    public void Add(PatientChart chart)
    {
        foreach (var e in chart.Events)
        {
            tally.Events++;
            bool any = AddTerms(chart.SubjectId, e);
            any |= AddNotes(chart.SubjectId, e);
            tally.EventsWithConcepts += any ? 1 : 0;
        }
    }

    private bool AddTerms(long subject, ClinicalEvent e)
    {
        _terms.Clear();
        _order.Clear();
        foreach (var item in e)
        {
            foreach (var key in EventTerms.Terms(item))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(tally.Rows, (e.Type, key.Field, key.Term), out _)++;
                ref var visible = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, key, out bool seen);
                if (!seen)
                    _order.Add(key);
                if (!seen || item.VisibleFrom < visible)
                    visible = item.VisibleFrom;
            }
        }

        bool any = false;
        foreach (var key in _order)
        {
            var linked = links.Of(key.Term).Links;
            any |= linked.Count > 0;
            var best = linked.Count > 0 ? linked[0] : (ConceptLink?)null;
            writer.Add(new ConceptRow(
                subject, e.Position, e.Type.Name, e.Start, _terms[key], key.Field.Name, key.Term.Kind, key.Term.Text,
                best is { } b ? terminology.Id(b.Concept) : null, best is { } n ? terminology.Name(n.Concept) : null, best?.Way.ToString(), best?.Similarity));
        }

        return any;
    }

    private bool AddNotes(long subject, ClinicalEvent e)
    {
        if (_noteFields[e.Type.Rank] is not { } field)
            return false;
        bool any = false;
        foreach (var item in e)
        {
            if (item.Text(field) is not { Length: > 0 } text)
                continue;
            tally.Notes++;
            foreach (var mention in notes.Find(text))
            {
                any = true;
                tally.Mentions++;
                if (mention.IsAsserted)
                {
                    tally.AssertedMentions++;
                    CollectionsMarshal.GetValueRefOrAddDefault(tally.Asserted, (e.Type, field, mention.Concept), out _)++;
                }

                var name = terminology.Name(mention.Concept);
                writer.Add(new ConceptRow(
                    subject, e.Position, e.Type.Name, e.Start, item.VisibleFrom, field.Name, TermKind.Note, name, terminology.Id(mention.Concept), name,
                    (mention.Similarity < 1 ? LinkWay.Approximate : LinkWay.Exact).ToString(), mention.Similarity,
                    mention.Start, mention.Length, text.Substring(mention.Start, mention.Length), mention.Section.Length > 0 ? mention.Section : null, mention.IsAsserted ? null : mention.Marks.ToString()));
            }
        }

        return any;
    }

    private static EventField?[] NoteFields(params ReadOnlySpan<(string Type, string Field)> fields)
    {
        var byRank = new EventField?[EventCatalog.Types.Count];
        foreach (var (type, field) in fields)
            byRank[EventCatalog.Get(type).Rank] = EventCatalog.Get(type)[field];
        return byRank;
    }
}
