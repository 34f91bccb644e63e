namespace EhrR1.Reasoning;

/// <summary>Tells what of a chain is part of a name: "0.083" in "Albuterol 0.083% Neb Soln" quotes nothing.</summary>
internal sealed class KnownNames(SampleIndex sample, GraphIndex? graph, GroundingVocabulary? vocabulary, ParsedChain chain)
{
    private const int MostWords = 16;

    /// <summary>Whether a place lies inside a longer name of the answer, the graph or the vocabulary.</summary>
    public bool Cover(TextSpan place)
    {
        int last = ChainWord.FirstFrom(chain.Words, place.End);
        for (int i = Math.Max(0, ChainWord.FirstFrom(chain.Words, place.Start) - MostWords); i < last; i++)
        {
            int count = LongestAt(i);
            if (count > 1 && chain.Words[i + count - 1].End >= place.End)
                return true;
        }

        return false;
    }

    /// <summary>Whether a name is only a part of a longer one: "Potassium" in "potassium level" is no item of the record.</summary>
    public bool CoverMore(TextSpan name)
    {
        int first = ChainWord.FirstFrom(chain.Words, name.Start), last = ChainWord.FirstFrom(chain.Words, name.End);
        for (int i = Math.Max(0, first - MostWords); i <= first; i++)
        {
            int count = Math.Max(sample.MatchLabel(chain.Words, i, out _), Math.Max(graph?.Match(chain.Words, i, out _) ?? 0, vocabulary?.MatchConcept(chain.Words, i, out _) ?? 0));
            if (i + count >= last && count > last - first)
                return true;
            // "surgery, trauma" in "orthopedic surgery, trauma surgery" begins within a name of its own.
            if (i < first && i + Math.Max(sample.MatchLabel(chain.Words, i, out _), graph?.Match(chain.Words, i, out _) ?? 0) > first)
                return true;
        }

        return false;
    }

    private int LongestAt(int at)
    {
        int longest = Math.Max(sample.MatchLabel(chain.Words, at, out _), graph?.Match(chain.Words, at, out _) ?? 0);
        return vocabulary is null ? longest : Math.Max(longest, Math.Max(vocabulary.MatchItem(chain.Words, at, out _), vocabulary.MatchConcept(chain.Words, at, out _)));
    }
}
