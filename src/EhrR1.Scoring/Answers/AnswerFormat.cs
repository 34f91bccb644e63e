namespace EhrR1.Scoring;

/// <summary>How an answer departs from the format that was asked for: the bare items, one a line.</summary>
/// <remarks>An answer may depart in several ways; each is counted. Only <see cref="Repeated"/> and <see cref="CutOff"/> leave the
/// items as the strict reading has them.</remarks>
[Flags]
public enum AnswerFormat
{
    /// <summary>The bare items, one a line.</summary>
    Clean = 0,

    /// <summary>Items behind bullets: <c>-</c>, <c>*</c>, <c>•</c>, <c>–</c>.</summary>
    Bulleted = 1,

    /// <summary>Items behind numbers: <c>1.</c>, <c>1)</c>, <c>(1)</c>.</summary>
    Numbered = 2,

    /// <summary>Several items on one line, between commas or semicolons.</summary>
    CommaSeparated = 4,

    /// <summary>Inside a code fence.</summary>
    Fenced = 8,

    /// <summary>A JSON list or object, or a list as Python writes it.</summary>
    Json = 16,

    /// <summary>Behind words such as "The answer is" or "Here are the items:".</summary>
    Prefaced = 32,

    /// <summary>Items in bold type, quotes or backticks, or with a stop or a comma at their end.</summary>
    Wrapped = 64,

    /// <summary>Special tokens of the model's own stand in the text.</summary>
    SpecialTokens = 128,

    /// <summary>Thinking was opened and never closed: the model was cut off, or lost its way, before the answer.</summary>
    ThinkingUnclosed = 256,

    /// <summary>There is no answer at all.</summary>
    Empty = 512,

    /// <summary>The model says that it will not answer.</summary>
    Refused = 1024,

    /// <summary>An item is answered more than once; it counts once.</summary>
    Repeated = 2048,

    /// <summary>The limit of new tokens was met; what stands there counts as it stands.</summary>
    CutOff = 4096,

    /// <summary>Risk tasks: the text holds neither yes nor no.</summary>
    Unreadable = 8192,
}
