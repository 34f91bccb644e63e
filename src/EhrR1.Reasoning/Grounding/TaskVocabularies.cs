using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>The labels of each task's samples, made when a task is first met.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TaskVocabularies(LabelCounts labels)
{
    private readonly Dictionary<string, AnswerVocabulary> _known = new(StringComparer.Ordinal);

    /// <summary>The labels of a task: how often each stands decides whether another sample has it too.</summary>
    public AnswerVocabulary Of(string task)
    {
        if (_known.TryGetValue(task, out var vocabulary))
            return vocabulary;
        vocabulary = new AnswerVocabulary();
        foreach (var (label, samples) in labels.VocabularyOf(task))
        {
            for (int i = 0; i < Math.Min(samples, 2); i++)
                vocabulary.Add(AnswerReader.NormalizeLabels([label]));
        }

        _known.Add(task, vocabulary);
        return vocabulary;
    }
}
