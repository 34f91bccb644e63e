using System.Text;

namespace EhrR1.Reasoning;

/// <summary>Writes the second section of a chain: from the facts over the relations to each item, which is named when it is reached.</summary>
internal sealed class ReasoningText(NarrationChoice choice, string task, bool withKnowledge)
{
    private const string OfClass = "has member drug";
    private const string TheSame = "; the same holds for ";
    private static readonly NarrationWords _words = NarrationWords.BuiltIn;
    private static readonly RelationPhrases _phrases = RelationPhrases.BuiltIn;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private int _sentence;

    /// <summary>Writes a paragraph for each argument.</summary>
    public void Write(StringBuilder to, IReadOnlyList<Argument> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (i > 0)
                to.Append('\n');
            _told.Clear();
            for (int j = 0; j < arguments[i].Lines.Count; j++)
            {
                if (withKnowledge)
                    WriteLine(to, arguments[i].Lines[j], j == 0);
                else
                    PointTo(to, arguments[i], arguments[i].Lines[j]);
                to.Append(' ');
            }

            Conclude(to, arguments[i], i);
            to.Append('\n');
        }
    }

    private void WriteLine(StringBuilder to, ArgumentLine line, bool isFirst)
    {
        int number = _sentence++;
        var opening = isFirst ? line.IsSame ? "" : choice.InTurn(_words.First, "first", number) : choice.InTurn(_words.Further, "further", number);
        var said = line.IsSame ? Same(line, number) : Walk(line, number);
        to.Append(opening).Append(opening.Length == 0 ? ConceptText.Begin(said) : said);
    }

    // The facts alone: what joins them to the item is left out.
    private static void PointTo(StringBuilder to, Argument argument, ArgumentLine line)
    {
        var facts = line.Facts.Select(f => f.Fact.Name).Distinct(StringComparer.OrdinalIgnoreCase).Select(ConceptText.Within).ToList();
        to.Append(ConceptText.Begin(ConceptText.List(facts))).Append(facts.Count > 1 || ConceptText.IsSeveral(facts[0]) ? " point to " : " points to ").Append(ConceptText.Within(argument.Name)).Append('.');
    }

    private string Same(ArgumentLine line, int number)
    {
        var name = ConceptText.Within(line.Path[0]);
        var others = line.Facts.Select(f => f.Fact.Text).Where(t => !ConceptText.IsLike(t, line.Path[0])).Distinct(StringComparer.OrdinalIgnoreCase).Select(FactText.Quoted).ToList();
        var said = others.Count == 0
            ? string.Format(null, choice.Of(_words.SameWord, "same", number), name)
            : string.Format(null, choice.Of(_words.Same, "same", number), name, ConceptText.List(others));
        return $"t{said[1..]}.";
    }

    private string Walk(ArgumentLine line, int number)
    {
        var path = line.Path;
        int end = EndOfNew(path);
        bool isTold = end < path.Count;
        var names = line.Facts.Select(f => f.Fact.Name).Where(n => n != path[0]).Distinct(StringComparer.OrdinalIgnoreCase).Select(ConceptText.Within).ToList();
        bool isLike = names.Count > 0 && (isTold || choice.IsHeads("like", number));
        bool isCut = end > 3 && choice.IsHeads("cut", number);
        var text = new StringBuilder(path[1] == OfClass && !ConceptText.IsSeveral(path[0]) ? "the class " : "").Append(ConceptText.Within(path[0]));
        if (isLike)
            text.Append(", like ").Append(ConceptText.List(names)).Append(',');
        for (int i = 1; i < end; i += 2)
        {
            if (i == 3 && isCut)
                text.Append(". ").Append(ConceptText.Begin(ConceptText.Within(path[i - 1]))).Append(" in turn");
            else if (i > 1)
                text.Append(", which");
            var phrase = choice.Of(_phrases.Of(path[i], ConceptText.IsSeveral(path[i + 1])), "relation", (number * 16) + i);
            text.Append(' ').Append(ConceptText.IsSeveral(path[i - 1]) ? RelationPhrases.OfSeveral(phrase) : phrase).Append(' ').Append(ConceptText.Within(path[i + 1]));
            if (i == 1 && isCut && names.Count > 0 && !isLike)
                text.Append(TheSame).Append(ConceptText.List(names));
        }

        if (names.Count > 0 && !isLike && !isCut)
            text.Append(TheSame).Append(ConceptText.List(names));
        if (isTold)
            text.Append(choice.Of(_words.AsBefore, "as-before", number));
        return text.Append('.').ToString();
    }

    /// <summary>Where a way meets one that this argument has told already; its length where it does not.</summary>
    private int EndOfNew(IReadOnlyList<string> path)
    {
        int end = path.Count;
        for (int i = path.Count - 3; i >= 0; i -= 2)
        {
            if (!_told.Add(string.Join('\n', path.Skip(i))) && i > 0)
                end = i + 1;
        }

        return end;
    }

    private void Conclude(StringBuilder to, Argument argument, int number)
    {
        bool isPlain = argument.Items.All(i => ConceptText.IsLike(i, argument.Name)) || ConceptText.HasNumber(argument.Name);
        bool isSeveral = argument.Items.Count > 1;
        var items = ConceptText.List(argument.Items) + (isPlain ? "" : $" ({ConceptText.Within(argument.Name)})");
        var pattern = choice.InTurn(isSeveral || ConceptText.IsSeveral(argument.Items[0]) ? _words.ConclusionsOfSeveral : _words.Conclusions, "conclusion", number);
        to.AppendFormat(null, pattern, items, _words.NounOf(task, isSeveral));
    }
}
