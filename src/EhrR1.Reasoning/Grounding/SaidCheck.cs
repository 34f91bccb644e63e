using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Holds what is said of one cited event against that event's own text.</summary>
internal sealed class SaidCheck(SampleIndex sample, GraphIndex? graph, GroundingVocabulary? vocabulary, ParsedChain chain, FaultList faults, KnownNames names, List<int> places)
{
    private const int MostWordsOfListed = 5;
    private readonly SaidMentions _mentions = new(sample, chain, places);
    private readonly List<TextSpan> _failed = [];
    private string Input => sample.Input.Input;

    /// <summary>Checks what is said of a cited event.</summary>
    /// <param name="number">The event's place in the chain.</param>
    /// <param name="type">Its type.</param>
    public void Check(int number, EventType type)
    {
        var said = chain.Events[number].Said;
        _mentions.Find(said);
        for (int i = 0; i < _mentions.Found.Count; i++)
            faults.Hold();
        TextSpan last = default;
        foreach (var quote in chain.Quotes)
        {
            if (quote.Event != number)
                continue;
            if (quote.HasValue)
                CheckNumber(quote, ref last);
            else
                CheckMarked(quote);
        }

        CheckListed(said);
        CheckVocabulary(said, type);
    }

    private void CheckNumber(QuotedItem quote, ref TextSpan bound)
    {
        if (_mentions.Found.Exists(m => m.Span.Holds(quote.Number)) || IsPartOfQuotation(quote))
            return;
        int at = _mentions.Found.FindLastIndex(m => m.Span.End <= quote.Number.Start);
        bool isOwn = at >= 0 && (quote.Item.Length == 0 || _mentions.Found[at].Span.End > quote.Item.Start);
        if (!isOwn)
        {
            if (quote.IsNamed && !StandsHere(quote.Item.Of(chain.Text)))
                FailItem(GroundingFaultKind.ItemNotInEvent, quote.Item);
            else
                CheckFree(quote);
            return;
        }

        var mention = _mentions.Found[at];
        bool isFirst = mention.Span != bound;
        bound = mention.Span;
        var rows = RowsOf(mention.Name);
        if (!rows.Exists(r => r.Values.Count > 0 || r.References.Count > 0))
        {
            CheckFree(quote);
            return;
        }

        bool mayBeRange = !isFirst || HasRangeWord(TextSpan.Between(mention.Span.End, quote.Number.Start));
        if (!rows.Exists(r => NumberWords.Holds(r.Values, quote.Value) || (mayBeRange && NumberWords.Holds(r.References, quote.Value))))
        {
            FailNumber(quote);
            return;
        }

        faults.Hold();
        CheckUnit(quote, rows);
    }

    /// <summary>Whether a number stands within quotes of a text that the event has: the text is held against it as a whole.</summary>
    private bool IsPartOfQuotation(QuotedItem number)
    {
        foreach (var quote in chain.Quotes)
        {
            if (!quote.HasValue && quote.Event == number.Event && quote.Item.Holds(number.Number))
                return StandsHere(quote.Item.Of(chain.Text).TrimEnd(":.,"));
        }

        return false;
    }

    /// <summary>A number whose item is not known must stand in the event.</summary>
    private void CheckFree(QuotedItem quote)
    {
        if (places.Exists(p => NumberWords.Holds(sample.Input.TextOf(p), quote.Value)))
        {
            faults.Hold();
            CheckUnit(quote, []);
        }
        else
        {
            FailNumber(quote);
        }
    }

    private void FailNumber(QuotedItem quote)
    {
        if (!names.Cover(quote.Number))
            faults.Fail(GroundingFaultKind.WrongValue, quote.Number);
    }

    private void CheckUnit(QuotedItem quote, List<InputRow> rows)
    {
        if (quote.Unit.Length == 0)
            return;
        var unit = quote.Unit.Of(chain.Text);
        if (Units.BeginAt(rows, Input, chain.Text.AsSpan(quote.Unit.Start)))
            faults.Hold();
        else if (rows.Exists(r => r.Units.Count > 0 || r.Implied.Length > 0) ? Units.StandWith(rows, Input, unit) : StandsHere(unit) || AnyImplies(unit))
            faults.Hold();
        else if (!names.Cover(quote.Number))
            faults.Fail(GroundingFaultKind.WrongUnit, quote.Unit);
    }

    private bool AnyImplies(ReadOnlySpan<char> unit)
    {
        foreach (int place in places)
        {
            foreach (var (_, row) in sample.Input.Block(place).Names)
            {
                if (row.Implied.Length > 0 && Units.StandWith([row], Input, unit))
                    return true;
            }
        }

        return false;
    }

    /// <summary>A text in quotes or bold type stands in the event; what only the answer or the graph names is no quotation.</summary>
    private void CheckMarked(QuotedItem quote)
    {
        var text = quote.Item.Of(chain.Text);
        bool isLabel = text[^1] == ':' || (quote.Item.End < chain.Text.Length && chain.Text.AsSpan(quote.Item.End).TrimStart("*_`\"”").StartsWith(":"));
        if (isLabel && !StandsHere(text.TrimEnd(':')))
            return;
        if (StandsHere(text.TrimEnd(":.,")))
            faults.Hold();
        else if (!IsKnowledge(text))
            FailItem(NumberWords.Holds(Input, text) ? GroundingFaultKind.ItemNotInEvent : GroundingFaultKind.ItemNotInRecord, quote.Item);
    }

    /// <summary>Where most parts of a list are the event's items, the others claim to be.</summary>
    private void CheckListed(TextSpan said)
    {
        var text = said.Of(chain.Text);
        int end = text.IndexOfAny("\n;");
        int stop = text.IndexOf(". ");
        end = end < 0 ? text.Length : end;
        if (stop >= 0 && stop < end)
            end = stop;
        int known = 0;
        var others = new List<TextSpan>();
        for (int start = 0; start < end;)
        {
            int comma = text[start..end].IndexOf(',');
            int partEnd = comma < 0 ? end : start + comma;
            var part = PartOf(TextSpan.Trimmed(chain.Text, said.Start + start, said.Start + partEnd));
            if (_mentions.Meet(part))
                known++;
            else if (part.Length > 1 && !part.Of(chain.Text).ContainsAny("\"“”") && WordsOf(part) <= MostWordsOfListed && !IsClause(part))
                others.Add(part);
            start = partEnd + 1;
        }

        bool isWhole = known == 0 && others.Count == 1 && end >= text.Length - 1;
        if (!isWhole && known <= others.Count)
            return;
        foreach (var other in others)
        {
            if (!_failed.Exists(f => f.Start < other.End && other.Start < f.End) && !StandsHere(other.Of(chain.Text)) && !IsKnowledge(other.Of(chain.Text)) && !HasNumber(other))
                FailItem(NumberWords.Holds(Input, other.Of(chain.Text)) ? GroundingFaultKind.ItemNotInEvent : GroundingFaultKind.ItemNotInRecord, other);
        }
    }

    /// <summary>Items that events of this type have: here, elsewhere in the input, or known from answer and graph; else of another patient.</summary>
    private void CheckVocabulary(TextSpan said, EventType type)
    {
        if (vocabulary is null)
            return;
        int last = ChainWord.FirstFrom(chain.Words, said.End);
        var words = chain.Words.AsSpan(0, last);
        for (int i = ChainWord.FirstFrom(chain.Words, said.Start); i < last;)
        {
            int count = vocabulary.MatchItem(words, i, out int types);
            if (count == 0 || (types & (1 << type.Rank)) == 0)
            {
                i += Math.Max(1, count);
                continue;
            }

            var span = TextSpan.Between(words[i].Start, words[i + count - 1].End);
            i += count;
            // What a quotation mark parts is no name.
            if (span.Of(chain.Text).ContainsAny("\"“”"))
                continue;
            if (_mentions.Cover(span) || _failed.Exists(f => f.Start < span.End && span.Start < f.End) || names.CoverMore(span))
                continue;
            var text = span.Of(chain.Text);
            if (!StandsHere(text) && !IsKnowledge(text) && (!NumberWords.Holds(Input, text) || IsBound(span)))
                FailItem(NumberWords.Holds(Input, text) ? GroundingFaultKind.ItemNotInEvent : GroundingFaultKind.ItemNotInRecord, span);
        }
    }

    private bool IsBound(TextSpan item)
    {
        foreach (var quote in chain.Quotes)
        {
            if (quote.HasValue && quote.Item.End == item.End)
                return true;
        }

        return false;
    }

    private bool IsKnowledge(ReadOnlySpan<char> text) => sample.IsLabel(text) || graph?.IsName(text) == true;

    private bool StandsHere(ReadOnlySpan<char> text)
    {
        foreach (int place in places)
        {
            if (NumberWords.Holds(sample.Input.TextOf(place), text))
                return true;
        }

        return false;
    }

    private List<InputRow> RowsOf(string name)
    {
        var rows = new List<InputRow>();
        foreach (int place in places)
        {
            foreach (var (known, row) in sample.Input.Block(place).Names)
            {
                if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
                    rows.Add(row);
            }
        }

        return rows;
    }

    private bool HasRangeWord(TextSpan between)
    {
        for (int i = ChainWord.FirstFrom(chain.Words, between.Start); i < chain.Words.Length && chain.Words[i].Start < between.End; i++)
        {
            if (ChainRules.BuiltIn.RangeWordSet.Contains(chain.Words[i].Hash))
                return true;
        }

        return false;
    }

    private bool HasNumber(TextSpan part) => part.Of(chain.Text).ContainsAnyInRange('0', '9');

    // "which tells of long illness" is no item.
    private bool IsClause(TextSpan part)
    {
        var common = ChainRules.BuiltIn.Languages[0];
        int first = ChainWord.FirstFrom(chain.Words, part.Start), last = ChainWord.FirstFrom(chain.Words, part.End);
        for (int i = first; i < last; i++)
        {
            // An item may hold an "and" or an "of", not begin with one, nor have "which" or "is" in it.
            if (common.Contains(chain.Words[i].Hash) && (i == first || chain.Words[i].Length is 2 or 4 or 5 && !IsJoint(chain.Words[i])))
                return true;
        }

        return false;
    }

    private bool IsJoint(ChainWord word) => chain.Text.AsSpan(word.Start, word.Length) is "of" or "in" or "to" or "by" or "on" or "with";

    private int WordsOf(TextSpan part) => ChainWord.FirstFrom(chain.Words, part.End) - ChainWord.FirstFrom(chain.Words, part.Start);

    private TextSpan PartOf(TextSpan part)
    {
        var text = part.Of(chain.Text);
        int skip = text.StartsWith("and ", StringComparison.OrdinalIgnoreCase) ? 4 : text.StartsWith("or ", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
        int end = part.End;
        while (end > part.Start + skip && chain.Text[end - 1] is '.' or '*' or '"' or ' ')
            end--;
        int start = part.Start + skip;
        while (start < end && chain.Text[start] is '*' or '"' or '-' or ' ' or '•')
            start++;
        return TextSpan.Between(start, end);
    }

    private void FailItem(GroundingFaultKind kind, TextSpan span)
    {
        // One item is one fault, however many rules find it.
        if (_failed.Exists(f => f.Start < span.End && span.Start < f.End))
            return;
        _failed.Add(span);
        faults.Fail(kind, span);
    }
}
