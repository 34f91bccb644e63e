using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Holds what a chain cites and quotes against the sample's input.</summary>
internal sealed class ExtractionCheck(SampleIndex sample, GraphIndex? graph, GroundingVocabulary? vocabulary, ParsedChain chain, FaultList faults)
{
    private readonly KnownNames _names = new(sample, graph, vocabulary, chain);
    private readonly List<int>[] _places = new List<int>[chain.Events.Count];

    /// <summary>The share of the claims that hold.</summary>
    public double Measure()
    {
        for (int i = 0; i < chain.Events.Count; i++)
            CheckEvent(i);
        CheckReasoning();
        CheckTimes();
        if (chain.Events.Count > 0 || !chain.Template.CitesEvents)
            return faults.Claims == 0 ? 1 : (double)faults.Held / faults.Claims;
        faults.Add(GroundingFaultKind.NothingCited, default);
        return 0;
    }

    private void CheckEvent(int number)
    {
        var cited = chain.Events[number];
        var places = _places[number] = [];
        if (InputIndex.TypeOf(cited.Name) is not { } type || sample.Input.Of(type).Count == 0)
        {
            faults.Fail(GroundingFaultKind.UnknownEvent, cited.Span);
            return;
        }

        foreach (int place in sample.Input.Of(type))
        {
            var time = sample.Input.Events[place].Time;
            if (cited.Time is { } said ? time is { } moment && TimeMention.IsSame(said, cited.Precision, moment) : time is null)
                places.Add(place);
        }

        if (places.Count == 0)
        {
            faults.Fail(GroundingFaultKind.WrongTime, cited.Span);
            return;
        }

        faults.Hold();
        if (cited.Said.Length > 0)
            new SaidCheck(sample, graph, vocabulary, chain, faults, _names, places).Check(number, type);
    }

    /// <summary>Numbers in the reasoning: those of an item of a cited event belong to it, others stand somewhere in the input.</summary>
    private void CheckReasoning()
    {
        foreach (var quote in chain.Quotes)
        {
            if (quote.Event >= 0 || !quote.HasValue)
                continue;
            var before = TextSpan.Between(quote.Item.Length > 0 ? quote.Item.Start : quote.Number.Start, quote.Number.Start);
            var rows = RowsNamedIn(before, out string name);
            if ((rows.Count == 0 && !quote.IsNamed && quote.Unit.Length == 0) || IsPartOfQuotation(quote))
                continue;
            bool holds = rows.Count > 0
                ? rows.Exists(r => NumberWords.Holds(r.Values, quote.Value) || NumberWords.Holds(r.References, quote.Value)) || StandsWith(name, quote.Value)
                : NumberWords.Holds(sample.Input.Input, quote.Value);
            if (!holds)
            {
                if (!_names.Cover(quote.Number))
                    faults.Fail(GroundingFaultKind.WrongValue, quote.Number);
                continue;
            }

            faults.Hold();
            if (quote.Unit.Length > 0)
                CheckUnit(quote, rows);
        }
    }

    private bool IsPartOfQuotation(QuotedItem number)
    {
        foreach (var quote in chain.Quotes)
        {
            if (!quote.HasValue && quote.Event < 0 && quote.Item.Holds(number.Number))
                return NumberWords.Holds(sample.Input.Input, quote.Item.Of(chain.Text).TrimEnd(":.,"));
        }

        return false;
    }

    private void CheckUnit(QuotedItem quote, List<InputRow> rows)
    {
        var text = quote.Unit.Of(chain.Text);
        bool holds = Units.BeginAt(rows, sample.Input.Input, chain.Text.AsSpan(quote.Unit.Start))
            || (rows.Exists(r => r.Units.Count > 0 || r.Implied.Length > 0) ? Units.StandWith(rows, sample.Input.Input, text) : NumberWords.Holds(sample.Input.Input, text));
        if (holds)
            faults.Hold();
        else if (!_names.Cover(quote.Number))
            faults.Fail(GroundingFaultKind.WrongUnit, quote.Unit);
    }

    private List<InputRow> RowsNamedIn(TextSpan before, out string name)
    {
        var rows = new List<InputRow>();
        var text = before.Of(chain.Text);
        var words = WordFilter.Of(chain.Words, before);
        name = "";
        foreach (var places in _places)
        {
            foreach (int place in places)
            {
                var block = sample.Input.Block(place);
                for (int i = 0; i < block.Names.Count; i++)
                {
                    if (!words.MayHold(block.FirstWords[i]))
                        continue;
                    var (known, row) = block.Names[i];
                    if (known.Length < name.Length || row.Values.Count == 0 || (known.Length == 1 && !text.Trim().SequenceEqual(known)) || !NumberWords.Holds(text, known))
                        continue;
                    if (known.Length > name.Length)
                        rows.Clear();
                    name = known;
                    rows.Add(row);
                }
            }
        }

        return rows;
    }

    /// <summary>Whether a number stands on a line of the input with a name.</summary>
    private bool StandsWith(string name, double value)
    {
        var input = sample.Input.Input;
        for (int from = 0; from < input.Length;)
        {
            int found = NumberWords.IndexOf(input.AsSpan(from), name);
            if (found < 0)
                return false;
            int at = from + found, end = input.IndexOf('\n', at);
            if (NumberWords.Holds(input.AsSpan(at, (end < 0 ? input.Length : end) - at), value))
                return true;
            from = at + name.Length;
        }

        return false;
    }

    /// <summary>Times that no citation holds must stand in the input too; the moment of the question may be named.</summary>
    private void CheckTimes()
    {
        int cited = 0;
        foreach (var time in chain.Times)
        {
            while (cited < chain.Events.Count && chain.Events[cited].Span.End <= time.Span.Start)
                cited++;
            if (cited < chain.Events.Count && chain.Events[cited].Span.Holds(time.Span))
                continue;
            var text = time.Span.Of(chain.Text);
            bool isAsked = TimeMention.IsSame(time.Time, time.Precision, sample.Sample.Row.PredictionTime) || time.Time == sample.Sample.Row.PredictionTime.Date;
            if (isAsked || sample.Input.Input.AsSpan().IndexOf(text[10..].Length > 0 && text[10] == 'T' ? text.ToString().Replace('T', ' ') : text) >= 0)
                faults.Hold();
            else
                faults.Fail(GroundingFaultKind.UnknownTime, time.Span);
        }
    }
}
