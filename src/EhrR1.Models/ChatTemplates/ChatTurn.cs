namespace EhrR1.Models;

/// <summary>What stands at the end of a rendered conversation.</summary>
public enum ChatTurn
{
    /// <summary>The model's turn is opened, for it to write.</summary>
    Opened,

    /// <summary>The last message is the model's beginning, which it goes on with.</summary>
    GoneOn,

    /// <summary>The last message is the model's and ends, as in training.</summary>
    Ended,
}
