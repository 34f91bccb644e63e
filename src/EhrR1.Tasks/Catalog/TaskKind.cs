namespace EhrR1.Tasks;

/// <summary>The two families of tasks.</summary>
public enum TaskKind
{
    /// <summary>What is done next: the answer is a set of items (<c>decision_making</c>).</summary>
    Decision,

    /// <summary>Will it happen: the answer is yes or no (<c>risk_prediction</c>).</summary>
    Risk,
}
