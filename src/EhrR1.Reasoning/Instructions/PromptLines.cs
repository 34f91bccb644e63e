using System.Text.Json;

namespace EhrR1.Reasoning;

/// <summary>Prompts for reinforcement learning as JSON Lines, with the columns of <see cref="PromptTable"/>.</summary>
internal static class PromptLines
{
    public static void Write(string path, IEnumerable<InstructionCase> prompts, long firstIndex)
    {
        var index = firstIndex;
        JsonLines.Write(path, prompts, (to, one) => Write(to, one, index++));
    }

    private static void Write(Utf8JsonWriter to, InstructionCase one, long index)
    {
        to.WriteString("data_source", CaseColumns.DataSourceOf(one));
        to.WriteStartArray("prompt");
        JsonLines.WriteMessage(to, CaseColumns.SystemRole, CaseText.System);
        JsonLines.WriteMessage(to, CaseColumns.UserRole, one.User.Span);
        to.WriteEndArray();
        to.WriteString("ability", one.Task.TaskType);
        to.WriteStartObject("reward_model");
        to.WriteString("style", CaseColumns.RewardStyle);
        to.WriteString("ground_truth", CaseColumns.GroundTruthOf(one));
        to.WriteEndObject();
        to.WriteStartObject("extra_info");
        to.WriteString("split", one.Split);
        to.WriteNumber("index", index);
        to.WriteString("id", one.Id);
        to.WriteString("task", one.Task.Name);
        to.WriteNumber("subject_id", one.SubjectId);
        to.WriteEndObject();
        to.WriteString("id", one.Id);
        to.WriteString("task", one.Task.Name);
        JsonLines.WriteTexts(to, "labels", one.Labels);
        to.WriteNumber("tokens", one.Tokens);
    }
}
