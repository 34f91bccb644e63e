using System.Text;
using System.Text.Json;

namespace EhrR1.Charts;

/// <summary>Parses JSON as Python writes it, with a bare <c>NaN</c> for what is missing; it is read as <c>null</c>.</summary>
public static class PythonJson
{
    private const string NotANumber = "NaN";

    /// <summary>Parses a text.</summary>
    /// <param name="text">The JSON.</param>
    /// <returns>The document, to be disposed by the caller.</returns>
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
