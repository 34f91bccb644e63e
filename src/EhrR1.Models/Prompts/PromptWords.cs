using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>The words that are put behind the question for a model that was not trained on EHR-Bench.</summary>
/// <remarks>They are ours; the benchmark fixes only the question. A change of them makes runs that do not compare, so a snapshot test holds them.</remarks>
internal static class PromptWords
{
    public const string Candidates = "Every item of the answer is one of these candidates, spelled as here:";

    public const string DecisionAnswer = "Answer with the names of the items alone, one item a line: no numbering, no codes, no explanation.";

    public const string RiskAnswer = "Answer with one word alone, yes or no.";

    public const string TextAnswer = "Answer with the text alone.";

    /// <summary>The line that asks for the bare answer.</summary>
    public static string AnswerOf(BenchmarkSample sample)
    {
        if (sample.Kind == TaskKind.Risk)
            return RiskAnswer;
        return IsFreeText(sample) ? TextAnswer : DecisionAnswer;
    }

    /// <summary>Whether the answer is a text, not a set of items.</summary>
    public static bool IsFreeText(BenchmarkSample sample) => sample.Metric == "rouge" || (TaskCatalog.TryGet(sample.Task, out var task) && task!.IsFreeText);
}
