using System.Text;
using System.Text.Json;

namespace EhrR1.Ingest;

/// <summary>Parses JSON as Python writes it, with a bare <c>NaN</c> for what is missing.</summary>
internal static class ReleaseJson
{
    private const string NotANumber = "NaN";

    /// <summary>Parses a text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException) when (text.Contains(NotANumber, StringComparison.Ordinal))
        {
            return JsonDocument.Parse(WithNull(text));
        }
    }

    private static string WithNull(string text)
    {
        var result = new StringBuilder(text.Length);
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (inString && text[i] == '\\' && i + 1 < text.Length)
            {
                result.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                inString = !inString;
            }
            else if (!inString && text.AsSpan(i).StartsWith(NotANumber))
            {
                result.Append("null");
                i += NotANumber.Length - 1;
                continue;
            }

            result.Append(text[i]);
        }

        return result.ToString();
    }
}
