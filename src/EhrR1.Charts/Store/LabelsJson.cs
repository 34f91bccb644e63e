using System.Text.Encodings.Web;
using System.Text.Json;

namespace EhrR1.Charts;

/// <summary>How a list of labels is written as text: JSON that escapes only what it must.</summary>
internal static class LabelsJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
