namespace EhrR1.Reasoning;

/// <summary>The words of a case's messages, as EHR-R1 was trained on them.</summary>
/// <remarks>Source: the EHR-R1 release. A change of them makes data that does not mix with others', so a snapshot test holds them.</remarks>
public static class CaseText
{
    /// <summary>The system message.</summary>
    public const string System = "You are a helpful assistant.";

    /// <summary>What follows the input in the user's message, beginning with the newline between them.</summary>
    /// <param name="instruction">The task's question.</param>
    /// <param name="thinks">Whether the answer is thought about first.</param>
    public static string Question(string instruction, bool thinks) => $"\n{instruction}\n/{(thinks ? "think" : "no_think")}";

    /// <summary>The assistant's message of a direct case.</summary>
    public static string DirectAnswer(string answer) => $"<think>\n\n</think>\n\n{answer}";

    /// <summary>The assistant's message of a reasoning case.</summary>
    public static string ReasonedAnswer(string chain, string answer) => $"<think>\n{chain}\n</think>\n\n{answer}";
}
