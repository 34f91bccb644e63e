using System.Text.Json;

namespace EhrR1.Reasoning;

/// <summary>Cases as JSON Lines.</summary>
internal static class CaseLines
{
    public static void Write(string path, IEnumerable<InstructionCase> cases) => JsonLines.Write(path, cases, Write);

    private static void Write(Utf8JsonWriter to, InstructionCase one)
    {
        to.WriteString("id", one.Id);
        to.WriteString("sample_id", one.SampleId);
        to.WriteNumber("subject_id", one.SubjectId);
        to.WriteString("task", one.Task.Name);
        to.WriteString("task_type", one.Task.TaskType);
        to.WriteString("split", one.Split);
        to.WriteString("kind", CaseColumns.NameOf(one.Kind));
        to.WriteString("teacher", one.Teacher);
        JsonLines.WriteTexts(to, "labels", one.Labels);
        to.WriteNumber("tokens", one.Tokens);
        to.WriteStartArray("messages");
        JsonLines.WriteMessage(to, CaseColumns.SystemRole, CaseText.System);
        JsonLines.WriteMessage(to, CaseColumns.UserRole, one.User.Span);
        JsonLines.WriteMessage(to, CaseColumns.AssistantRole, one.Assistant);
        to.WriteEndArray();
    }
}
