namespace EhrR1.Reasoning;

/// <summary>Finds the items of a cited event in what is said of it. Not thread-safe.</summary>
internal sealed class SaidMentions(SampleIndex sample, ParsedChain chain, List<int> places)
{
    /// <summary>The names that are said, none inside a longer one, in the order of the text.</summary>
    public List<(TextSpan Span, string Name)> Found { get; } = [];

    /// <summary>Looks through what is said.</summary>
    public void Find(TextSpan said)
    {
        var text = said.Of(chain.Text);
        var words = WordFilter.Of(chain.Words, said);
        foreach (int place in places)
        {
            string before = "";
            var block = sample.Input.Block(place);
            for (int i = 0; i < block.Names.Count; i++)
            {
                string name = block.Names[i].Name;
                if (name == before || !words.MayHold(block.FirstWords[i]))
                    continue;
                before = name;
                for (int from = 0; from < text.Length;)
                {
                    int found = NumberWords.IndexOf(text[from..], name);
                    if (found < 0)
                        break;
                    var span = new TextSpan(said.Start + from + found, name.Length);
                    if (!Meet(span) && !IsInUnit(span) && (name.Length > 1 || NamesItself(span, name[0])))
                        Found.Add((span, name));
                    from += found + name.Length;
                }
            }
        }

        Found.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
    }

    /// <summary>Whether a mention has a character in common with a place.</summary>
    public bool Meet(TextSpan place)
    {
        foreach (var (mention, _) in Found)
        {
            if (mention.Start < place.End && place.Start < mention.End)
                return true;
        }

        return false;
    }

    /// <summary>Whether a name is one of the event's, or two of them side by side; "Sodium, Urine" is not its "Sodium".</summary>
    public bool Cover(TextSpan name)
    {
        bool begins = false, ends = false;
        foreach (var (mention, _) in Found)
        {
            if (mention.Start >= name.End || name.Start >= mention.End)
                continue;
            if (!name.Holds(mention))
                return true;
            begins |= mention.Start == name.Start;
            ends |= mention.End == name.End;
        }

        return begins && ends;
    }

    /// <summary>Whether a place is part of a unit: the "L" of "mEq/L" is not the item of that name.</summary>
    private bool IsInUnit(TextSpan place)
    {
        foreach (var quote in chain.Quotes)
        {
            if (quote.HasValue && quote.Unit.Length > place.Length && quote.Unit.Holds(place))
                return true;
        }

        return false;
    }

    /// <summary>Whether a single letter names an item, as L, H and I do for the state of a sample: in quotes, or with a number behind it.</summary>
    private bool NamesItself(TextSpan place, char name)
    {
        if (chain.Text[place.Start] != name)
            return false;
        char before = place.Start > 0 ? chain.Text[place.Start - 1] : ' ', after = place.End < chain.Text.Length ? chain.Text[place.End] : ' ';
        return (before is '"' or '“' or '*' && after is '"' or '”' or '*') || (before != '/' && chain.Text.AsSpan(place.End).TrimStart(" :=(") is [>= '0' and <= '9', ..]);
    }
}
