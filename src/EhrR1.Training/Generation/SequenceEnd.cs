namespace EhrR1.Training;

/// <summary>Why a sequence ended.</summary>
public enum SequenceEnd
{
    /// <summary>A stop token came.</summary>
    StopToken,

    /// <summary>A stop text came.</summary>
    StopText,

    /// <summary>One of the allowed answers is complete.</summary>
    Answer,

    /// <summary>The limit of new tokens, or the model's longest sequence, was reached.</summary>
    Length,

    /// <summary>Whoever asked wants no more.</summary>
    Cancelled,
}
