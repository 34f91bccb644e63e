using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>A task's question at a prediction time, with its answer: what a model reads and what it should say.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
public sealed record Sample
{
    /// <summary>The sample's row of the task index.</summary>
    public required TaskIndexRow Row { get; init; }

    /// <summary>The profile of the sample.</summary>
    public required ChartProfile Profile { get; init; }

    /// <summary>The chart text, without the question.</summary>
    public required string Input { get; init; }

    /// <summary>The candidate answers: yes and no for risk, labels of the task for decisions, none for free text; shuffled by the seed.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    /// <summary>The items of the input in the order of the text.</summary>
    public required IReadOnlyList<SampleItem> Items { get; init; }

    /// <summary>The stable id.</summary>
    public string Id => Row.Id;

    /// <summary>The task.</summary>
    public TaskDefinition Task => Row.Definition;

    /// <summary>The question.</summary>
    public string Instruction => Task.Instruction;

    /// <summary>What a model is given: the input, a newline, the question.</summary>
    public string Prompt => Input + "\n" + Instruction;

    /// <summary>The right answer as a list.</summary>
    public IReadOnlyList<string> Labels => Row.Labels;

    /// <summary>The right answer as text: the labels joined by newlines, or yes or no.</summary>
    public string Output => string.Join('\n', Row.Labels);
}
