using System.Text;
using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>Writes the first section of a chain: the events that matter, what of them, and why.</summary>
internal sealed class ExtractionText(NarrationChoice choice, IReadOnlyList<Argument> arguments)
{
    private const int MostBearings = 3;
    private static readonly NarrationWords _words = NarrationWords.BuiltIn;

    /// <summary>Writes a line for each event, in the order of the input.</summary>
    /// <param name="to">Receives the text.</param>
    /// <param name="untold">Names that are not to be said before they are derived: those of the graph's items.</param>
    public void Write(StringBuilder to, IReadOnlySet<string> untold)
    {
        var lines = arguments.SelectMany(a => a.Lines).ToList();
        var events = lines.SelectMany(l => l.Facts).Distinct().GroupBy(f => f.Event).OrderBy(g => g.Key.Start);
        int number = 0;
        foreach (var group in events)
        {
            var facts = group.OrderBy(f => f.Fact.Position).ThenBy(f => f.Fact.Term, StringComparer.Ordinal).ToList();
            // An event that has both text and items of its own is introduced by its text.
            var kind = facts.Exists(f => f.Fact.Kind == TermKind.Note) ? TermKind.Note : facts[0].Fact.Kind;
            var lead = choice.Of(_words.LeadsTo(group.Key.Type.Name, kind), "lead", number);
            to.Append("**").Append(group.Key.Type.DisplayName).Append(" [").Append(group.Key.Stamp).Append("]**: ")
                .Append(ConceptText.Begin(lead)).Append(' ').Append(ConceptText.List(Quotes(facts))).Append("; ")
                .Append(Why(facts, lines, untold, number)).Append(".\n");
            number++;
        }
    }

    /// <summary>What is quoted of an event, each item once: a class names its item only where nothing else does.</summary>
    private static List<string> Quotes(List<ToldFact> facts)
    {
        var quotes = new List<string>();
        foreach (var fact in facts)
        {
            bool isNamed = fact.Member is not { } member || quotes.Exists(q => q.Contains(member, StringComparison.Ordinal)) || facts.Exists(f => f.Quote.StartsWith(member, StringComparison.Ordinal));
            var quote = isNamed ? fact.Quote : $"{fact.Quote} with {fact.Member}";
            if (!quotes.Contains(quote, StringComparer.Ordinal))
                quotes.Add(quote);
        }

        return quotes;
    }

    private string Why(List<ToldFact> facts, List<ArgumentLine> lines, IReadOnlySet<string> untold, int number)
    {
        var bearings = lines.Where(l => l.Path.Count > 3 && l.Facts.Any(facts.Contains)).Select(l => l.Path[2])
            .Where(n => !untold.Contains(n) && !ConceptText.HasNumber(n) && !facts.Exists(f => ConceptText.IsLike(f.Fact.Term, n) || ConceptText.IsLike(f.Fact.Name, n)))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostBearings).Select(ConceptText.Within).ToList();
        return bearings.Count > 0 ? string.Format(null, choice.Of(_words.BearsOn, "bears-on", number), ConceptText.List(bearings)) : choice.Of(_words.WhyOf(facts[0].Fact.Kind), "why", number);
    }
}
