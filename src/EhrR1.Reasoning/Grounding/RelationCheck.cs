namespace EhrR1.Reasoning;

/// <summary>Holds the pairs of concepts that the reasoning joins against graph, record and terminology.</summary>
internal sealed class RelationCheck(SampleIndex sample, GraphIndex? graph, GroundingVocabulary? vocabulary, TerminologyJoins? terminology, ParsedChain chain, FaultList faults)
{
    private static readonly ulong _and = ChainWord.FirstHash("and");
    private readonly List<Mention> _mentions = [];
    private readonly List<RelationMention> _relations = [];
    private int _held;

    /// <summary>A place that names a concept; its number is that of the graph, or −1.</summary>
    private readonly record struct Mention(TextSpan Span, int Number, string Name);

    /// <summary>The share of the pairs that something joins; 1 where none is joined, NaN where nothing could say so.</summary>
    public double Measure()
    {
        if (graph is null && terminology is null)
            return double.NaN;
        for (int step = 0; step < chain.Steps.Count;)
        {
            step += Read(step);
            for (int i = 0; i < _relations.Count && _mentions.Count > 1; i++)
                CheckRelation(i);
        }

        return faults.Pairs == 0 ? 1 : (double)_held / faults.Pairs;
    }

    /// <summary>Reads a sentence, and those behind it into which a name reaches: "Prednisolone 1% Ophth. Susp." has stops of its own.</summary>
    /// <returns>How many sentences were read.</returns>
    private int Read(int first)
    {
        _mentions.Clear();
        _relations.Clear();
        int steps = 1, end = chain.Steps[first].Span.End;
        var words = chain.Words.AsSpan();
        int start = ChainWord.FirstFrom(words, chain.Steps[first].Span.Start);
        for (int i = start; i < words.Length && words[i].Start < end;)
        {
            int count = MentionAt(words, i, out var mention);
            if (count > 0)
                _mentions.Add(mention);
            i += Math.Max(1, count);
            while (count > 0 && mention.Span.End > end && first + steps < chain.Steps.Count)
                end = chain.Steps[first + steps++].Span.End;
        }

        for (int i = first; i < first + steps; i++)
        {
            foreach (var relation in chain.Steps[i].Relations)
                AddRelation(relation);
        }

        if (graph?.OwnRelations.Count is > 0)
            AddOwnRelations(start, end);
        return steps;
    }

    private void AddOwnRelations(int start, int end)
    {
        var words = chain.Words.AsSpan();
        for (int i = start; i < words.Length && words[i].Start < end;)
        {
            int count = graph!.OwnRelations.Match(words, i, out int code);
            if (count > 0)
                AddOwnRelation(RelationWording.Mention(TextSpan.Between(words[i].Start, words[i + count - 1].End), code));
            i += Math.Max(1, count);
        }

        _relations.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
    }

    private void AddRelation(RelationMention relation)
    {
        // Words inside a name ("Shock due to sepsis") say nothing of their own.
        if (!_mentions.Exists(m => m.Span.Start < relation.Span.End && relation.Span.Start < m.Span.End))
            _relations.Add(relation);
    }

    private void AddOwnRelation(RelationMention relation)
    {
        if (_relations.Exists(r => r.Span.Length >= relation.Span.Length && r.Span.Start < relation.Span.End && relation.Span.Start < r.Span.End))
            return;
        _relations.RemoveAll(r => r.Span.Start < relation.Span.End && relation.Span.Start < r.Span.End);
        AddRelation(relation);
    }

    private int MentionAt(ReadOnlySpan<ChainWord> words, int at, out Mention mention)
    {
        int best = 0, number = -1;
        string name = "";
        if (graph is not null && graph.Match(words, at, out int node) is > 0 and var ofGraph)
            (best, number, name) = (ofGraph, node, graph.NameOf(node));
        if (sample.MatchLabel(words, at, out int label) is var ofLabel && ofLabel > best)
            (best, number, name) = (ofLabel, -1, sample.LabelNames[label]);
        if (vocabulary is not null && vocabulary.MatchConcept(words, at, out var concept) is var ofVocabulary && ofVocabulary > best && !IsListOfTwo(words, at, best))
            (best, number, name) = (ofVocabulary, -1, concept);
        mention = best > 0 ? new Mention(TextSpan.Between(words[at].Start, words[at + best - 1].End), number, name) : default;
        return best;
    }

    /// <summary>Whether an "and" follows on a name of the graph: "nausea and vomiting" are then two of its names, whatever else is called so.</summary>
    private bool IsListOfTwo(ReadOnlySpan<ChainWord> words, int at, int count) =>
        graph is not null && count > 0 && at + count + 1 < words.Length && words[at + count].Hash == _and && graph.Match(words, at, out _) == count && graph.Match(words, at + count + 1, out _) > 0;

    private void CheckRelation(int index)
    {
        var relation = _relations[index];
        int right = _mentions.FindIndex(m => m.Span.Start >= relation.Span.End);
        int left = right < 0 ? -1 : right - 1;
        if (left < 0 || (index + 1 < _relations.Count && _relations[index + 1].Span.Start < _mentions[right].Span.Start))
            return;
        for (int i = left; i >= 0; i--)
        {
            for (int j = right; j < _mentions.Count; j++)
            {
                CheckPair(_mentions[i], _mentions[j], relation);
                if (j + 1 == _mentions.Count || !IsListed(_mentions[j], _mentions[j + 1]))
                    break;
            }

            if (i == 0 || !IsListed(_mentions[i - 1], _mentions[i]))
                break;
        }
    }

    private void CheckPair(Mention one, Mention other, RelationMention relation)
    {
        bool inGraph = graph is not null && one.Number >= 0 && other.Number >= 0;
        if (one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase) || (inGraph && graph!.AreOne(one.Number, other.Number)))
            return;
        faults.Pairs++;
        var span = TextSpan.Between(one.Span.Start, other.Span.End);
        int said = relation.Family < 0 ? RelationWording.Loose : RelationWording.CodeOf(relation.Family, relation.IsInverse);
        var known = inGraph ? graph!.RelationsOf(one.Number, other.Number) : [];
        if (IsBorneOut(one, other, said, known, inGraph && graph!.AreJoined(one.Number, other.Number)))
            _held++;
        else if (known.Count == 0)
            faults.Add(GroundingFaultKind.UnsupportedRelation, span);
        else if (known.Any(k => ChainRules.BuiltIn.AreKin(k, said)))
            faults.Add(GroundingFaultKind.OtherRelation, span);
        else
            faults.Contradict(GroundingFaultKind.OtherRelation, span);
    }

    private bool IsBorneOut(Mention one, Mention other, int said, IReadOnlyList<int> known, bool isJoined)
    {
        if (known.Contains(said))
            return true;
        if (said >= 0 && ChainRules.BuiltIn.NeedItselfFamilies.Contains(said / 2))
            return sample.Input.OnOneLine(one.Name, other.Name) || terminology?.AreJoinedBy(one.Name, other.Name, said) == true;
        return isJoined ? said < 0 || known.Count == 0 : sample.Input.OnOneLine(one.Name, other.Name) || terminology?.AreJoined(one.Name, other.Name) == true;
    }

    /// <summary>Whether nothing but a comma or an "and" stands between two mentions.</summary>
    private bool IsListed(Mention one, Mention other)
    {
        var between = chain.Text.AsSpan(one.Span.End, Math.Max(0, other.Span.Start - one.Span.End)).Trim(" ,*\"()").TrimStart();
        return between is "" or "and" or "or" or "&" or "/" or "and the" or "as well as";
    }
}
