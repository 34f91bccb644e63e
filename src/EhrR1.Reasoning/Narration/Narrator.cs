using System.Text;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Writes chains of reasoning from thinking graphs by rule: a baseline and a way to run without a language model, and named as what it is.</summary>
/// <remarks>
/// Apart from the first line, which says what the task asks for, what it says stands in the sample's input or in the graph: each event is cited with the name and time that the input has, each value
/// quoted as it stands there, each relation one of a path of the graph. An item that no fact of the input leads to is not named, and none
/// before it is reached. Wordings are chosen by the seed, the sample's id and the variant. Stateless; safe for any number of threads.
/// </remarks>
/// <param name="seed">The seed of the wordings. The default value is 0.</param>
/// <param name="withKnowledge">Whether the relations between facts and items are told; without, only which facts lead to which item, for comparison. The default value is <see langword="true"/>.</param>
public sealed class Narrator(long seed = 0, bool withKnowledge = true)
{
    /// <summary>The teacher's name in chains and reports.</summary>
    public const string Name = "narrator";

    /// <summary>How many facts an item of the answer takes at most: those that lead to it by the fewest relations, the highest Lift first.</summary>
    public const int MostFacts = 5;

    /// <summary>The template whose sections its chains have where relations are told.</summary>
    public const string Template = "with-knowledge@1";

    /// <summary>The template whose sections its chains have where they are not.</summary>
    public const string TemplateWithoutKnowledge = "without-knowledge@1";

    /// <summary>The template whose sections this narrator's chains have.</summary>
    public string TemplateUsed => withKnowledge ? Template : TemplateWithoutKnowledge;

    /// <summary>Whether it writes chains for a task: decisions that name items. A risk's two sides would need evidence against, which a graph of what goes with the answer does not hold.</summary>
    public static bool CanTell(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Kind == TaskKind.Decision && !task.IsFreeText && task.TargetFields.Count > 0;
    }

    /// <summary>Writes a chain.</summary>
    /// <param name="sample">The sample; its input may be cut from the left: facts that no longer stand in it are not told.</param>
    /// <param name="graph">The sample's graph.</param>
    /// <param name="variant">Which of the sample's chains, from 0; neighbouring ones differ.</param>
    /// <param name="mostFacts">How many facts an item takes at most, from 1. The default value is <see cref="MostFacts"/>.</param>
    /// <returns>The chain, or <see langword="null"/> where no fact of the input leads to an item.</returns>
    /// <exception cref="ArgumentException">The graph is another sample's.</exception>
    /// <exception cref="EhrR1Exception">The task is one that it writes no chains for.</exception>
    public ReasoningChain? Tell(Sample sample, ThinkingGraph graph, int variant = 0, int mostFacts = MostFacts)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegative(variant);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostFacts);
        if (graph.Id != sample.Id)
            throw new ArgumentException($"The graph is that of {graph.Id}, not of {sample.Id}.", nameof(graph));
        if (!CanTell(sample.Task))
            throw new EhrR1Exception($"The narrator writes no chains for the task {sample.Task.Name}", sample.Id, "Take a language model as teacher, or leave the task out");
        var arguments = ArgumentPlan.Of(sample, graph, mostFacts);
        if (arguments.Count == 0)
            return null;
        var choice = new NarrationChoice(seed, sample.Id, variant);
        var untold = new HashSet<string>(graph.Targets.SelectMany(t => (string[])[t.Term, t.Name]), StringComparer.OrdinalIgnoreCase);
        // The question first, always in the same words: what is extracted, and argued for, follows from it, and a reader of the chain alone knows it.
        var text = new StringBuilder(2048).Append("## Extraction\n").AppendFormat(null, NarrationWords.BuiltIn.Asked, NarrationWords.BuiltIn.NounOf(sample.Task.Name, isSeveral: false)).Append('\n');
        new ExtractionText(choice, arguments).Write(text, untold);
        text.Append("\n## Reasoning\n");
        new ReasoningText(choice, sample.Task.Name, withKnowledge).Write(text, arguments);
        text.Append("\n## Final Results\n").AppendJoin('\n', Results(sample, arguments));
        return new ReasoningChain
        {
            Id = $"{sample.Id}-{variant + 1}",
            SampleId = sample.Id,
            Chain = text.ToString(),
            Answer = sample.Labels,
            Teacher = Name,
            Template = TemplateUsed,
        };
    }

    /// <summary>The items that were derived, in the order of the answer.</summary>
    private static IEnumerable<string> Results(Sample sample, List<Argument> arguments)
    {
        var derived = arguments.SelectMany(a => a.Items).ToHashSet(StringComparer.Ordinal);
        return sample.Labels.Where(derived.Contains).Distinct(StringComparer.Ordinal);
    }
}
