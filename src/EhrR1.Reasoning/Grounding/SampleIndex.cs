using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>What is looked up of a sample for each of its chains.</summary>
/// <remarks>Made once a sample. Safe for any number of threads.</remarks>
internal sealed class SampleIndex
{
    private readonly PhraseTable _names;

    public SampleIndex(Sample sample)
    {
        Sample = sample;
        Input = new InputIndex(sample.Input);
        Labels = AnswerReader.NormalizeLabels(sample.Labels);
        LabelNames = [.. sample.Labels];
        _names = PhraseTable.Of(LabelNames);
    }

    public Sample Sample { get; }

    public InputIndex Input { get; }

    /// <summary>The answer's items as answers are compared.</summary>
    public IReadOnlySet<string> Labels { get; }

    /// <summary>The answer's items as they are written.</summary>
    public string[] LabelNames { get; }

    /// <summary>The longest item of the answer that begins at a word.</summary>
    public int MatchLabel(ReadOnlySpan<ChainWord> words, int at, out int number) => _names.Match(words, at, out number);

    /// <summary>Whether a text is an item of the answer.</summary>
    public bool IsLabel(ReadOnlySpan<char> text) => _names.Contains(text);
}
