namespace EhrR1.Models;

/// <summary>The question with which an endpoint is tried out; it holds no patient's data.</summary>
internal static class ProbeQuestion
{
    public static ModelPrompt Prompt { get; } = new([new PromptMessage(PromptRole.User, "Is two plus two four? Answer yes or no.")]);

    public static AnswerScoringRequest YesOrNo { get; } = new(Prompt, ["yes", "no"]);
}
