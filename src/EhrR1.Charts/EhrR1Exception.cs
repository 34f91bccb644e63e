namespace EhrR1.Charts;

/// <summary>An error that a user can cause and mend: its message says what is wrong, where, and what to do.</summary>
/// <remarks>The program prints the message without a stack trace and exits with code 2. The message never holds patients' data beyond ids.</remarks>
public sealed class EhrR1Exception : Exception
{
    /// <summary>Makes the error from its three parts.</summary>
    /// <param name="what">What is wrong, as a sentence without a full stop.</param>
    /// <param name="where">Where: a file, a line, a column, a subject; <see langword="null"/> if there is no place.</param>
    /// <param name="whatToDo">What the user can do about it, as a sentence without a full stop.</param>
    /// <param name="inner">The error behind it, if any.</param>
    public EhrR1Exception(string what, string? where, string whatToDo, Exception? inner = null)
        : base(where is null ? $"{what}. {whatToDo}." : $"{what} ({where}). {whatToDo}.", inner)
    {
        What = what;
        Where = where;
        WhatToDo = whatToDo;
    }

    /// <summary>What is wrong.</summary>
    public string What { get; }

    /// <summary>Where it is wrong, or <see langword="null"/>.</summary>
    public string? Where { get; }

    /// <summary>What to do about it.</summary>
    public string WhatToDo { get; }
}
