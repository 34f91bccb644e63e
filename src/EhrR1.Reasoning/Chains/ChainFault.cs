namespace EhrR1.Reasoning;

/// <summary>A bad habit of a teacher that makes its text no chain at all.</summary>
/// <remarks>A text may have several; each is counted.</remarks>
[Flags]
public enum ChainFault
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>There is no text.</summary>
    Empty = 1,

    /// <summary>It is written in another language than English.</summary>
    OtherLanguage = 2,

    /// <summary>It repeats itself without end.</summary>
    Repetition = 4,

    /// <summary>It was cut off before its end: said so by the server, or its last section is missing and it stops within a sentence.</summary>
    CutOff = 8,

    /// <summary>The teacher says that it will not answer.</summary>
    Refusal = 16,

    /// <summary>It repeats the prompt.</summary>
    PromptEcho = 32,

    /// <summary>It has none of its template's sections.</summary>
    NoSections = 64,

    /// <summary>It has sections, but those of another template or of somebody else.</summary>
    OtherSections = 128,
}
