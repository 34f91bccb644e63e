using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Writes a JSON object a line, the file whole or not at all.</summary>
internal static class JsonLines
{
    public static void Write(string path, IEnumerable<InstructionCase> cases, Action<Utf8JsonWriter, InstructionCase> write) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, SampleJson.Options);
        foreach (var one in cases)
        {
            json.WriteStartObject();
            write(json, one);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    });

    public static void WriteMessage(Utf8JsonWriter to, string role, ReadOnlySpan<char> content)
    {
        to.WriteStartObject();
        to.WriteString("role", role);
        to.WriteString("content", content);
        to.WriteEndObject();
    }

    public static void WriteTexts(Utf8JsonWriter to, string name, IReadOnlyList<string> texts)
    {
        to.WriteStartArray(name);
        foreach (var text in texts)
            to.WriteStringValue(text);
        to.WriteEndArray();
    }
}
