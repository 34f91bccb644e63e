namespace EhrR1.Knowledge;

/// <summary>What a token of a note does to mentions and to what is said of them.</summary>
internal enum NoteTokenKind : byte
{
    /// <summary>A word; a mention may start and end with it unless it is a stop word.</summary>
    Word,

    /// <summary>A number; a mention may start and end with it, but is more than it.</summary>
    Number,

    /// <summary>A mark that may stand within a mention: a dash, a slash, a bracket.</summary>
    Joint,

    /// <summary>The end of a short line that goes on in lower case: mentions pass it, what is said of them does not.</summary>
    LineEnd,

    /// <summary>The end of a short line before a capital or a digit: no mention passes it.</summary>
    ItemEnd,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>Another mark that no mention passes.</summary>
    Mark,

    /// <summary>The end of a sentence, a paragraph or an item, or a removed identifier: nothing passes it.</summary>
    End,
}
