namespace EhrR1.Training;

/// <summary>How the losses of tokens become the loss of a step.</summary>
public enum LossMean
{
    /// <summary>The mean over all tokens of all completions: long completions weigh more.</summary>
    Token,

    /// <summary>The mean over completions of the mean over their tokens, as DeepSeekMath wrote it.</summary>
    Sequence,
}
