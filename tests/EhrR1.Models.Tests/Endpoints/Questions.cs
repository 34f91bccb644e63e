namespace EhrR1.Models.Tests.Endpoints;

internal static class Questions
{
    /// <summary>A word that stands for patients' data: it must never be seen outside a request.</summary>
    public const string Canary = "Zystadenofibrosis-4711";

    public static ModelPrompt Of(string text) => new([new PromptMessage(PromptRole.User, text)]);

    public static GenerationRequest Generation(string text = Canary) => new() { Prompt = Of(text) };

    public static AnswerScoringRequest YesOrNo(string text = Canary) => new(Of(text), ["yes", "no"]);
}
