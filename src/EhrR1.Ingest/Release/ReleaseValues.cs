using System.Globalization;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Reads the values of the release's items, which are text whatever they were: <c>1.5</c>, <c>22841357.0</c>, <c>nan</c>, <c>None</c>.</summary>
internal static class ReleaseValues
{
    private static readonly string[] _timeFormats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss.FFFFFF"];

    /// <summary>The text of a JSON value, or <see langword="null"/>; numbers keep their spelling.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };

    /// <summary>Reads a value as its field's kind.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">The text.</param>
    /// <param name="value">The value, or <see langword="null"/> where it is missing.</param>
    /// <returns>Whether the text can be read so.</returns>
    public static bool TryRead(EventField field, string? text, out object? value)
    {
        value = null;
        if (text is null or "nan" || (field.IsDerived && text is "None"))
            return true;
        switch (field.Kind)
        {
            case FieldKind.Number:
                if (!TryNumber(text, out var number))
                    return IsMissing(text);
                value = double.IsNaN(number) ? null : number;
                return true;
            case FieldKind.Integer:
                if (!TryWhole(text, out var whole))
                    return IsMissing(text);
                value = whole;
                return true;
            case FieldKind.Time:
                if (Time(text) is not { } time)
                    return IsMissing(text);
                value = time;
                return true;
            case FieldKind.Labels:
                value = JsonSerializer.Serialize(PythonLiteral.TryReadList(text) ?? [text]);
                return true;
            default:
                value = text;
                return true;
        }
    }

    /// <summary>An id, which pandas writes with a point, or <see langword="null"/>.</summary>
    public static long? Id(string? text) => text is not null && TryWhole(text, out var id) ? id : null;

    /// <summary>A moment or a date, which stands for its 00:00:00, or <see langword="null"/>.</summary>
    public static DateTime? Time(string? text)
        => DateTime.TryParseExact(text, _timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Whether a model reads the value as the release spells it.</summary>
    public static bool IsAsPublished(EventField field, string? text, object? value) => field.Kind switch
    {
        FieldKind.Number => value is not double number || NumberText.Of(number) == text,
        FieldKind.Integer => value is not long whole || whole.ToString(CultureInfo.InvariantCulture) == text,
        _ => true,
    };

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool TryWhole(string text, out long whole)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole))
            return true;
        var fits = TryNumber(text, out var number) && double.IsInteger(number) && Math.Abs(number) < 1L << 53;
        whole = fits ? (long)number : 0;
        return fits;
    }

    private static bool IsMissing(string text) => text is "" or "None" or "NaN" or "NaT" or "<NA>";
}
