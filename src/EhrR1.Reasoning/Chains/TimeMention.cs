using System.Globalization;

namespace EhrR1.Reasoning;

/// <summary>A date in a text, with its time of day where there is one.</summary>
internal readonly record struct TimeMention(TextSpan Span, DateTime Time, TimeSpan Precision)
{
    private const int DateLength = 10;
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    /// <summary>All dates of a text.</summary>
    public static List<TimeMention> Read(string text)
    {
        var found = new List<TimeMention>();
        // A date is found by its first dash: yyyy-MM-dd.
        for (int at = 0; at < text.Length; at++)
        {
            int dash = text.AsSpan(at).IndexOf('-');
            if (dash < 0)
                break;
            dash += at;
            at = dash;
            int start = dash - 4;
            if (start < 0 || dash + 6 > text.Length || text[dash + 3] != '-' || (start > 0 && char.IsLetterOrDigit(text[start - 1])))
                continue;
            if (!DateTime.TryParseExact(text.AsSpan(start, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                continue;
            var mention = WithTime(text, start, date);
            found.Add(mention);
            at = mention.Span.End - 1;
        }

        return found;
    }

    /// <summary>Whether a moment of the record is the one that is meant.</summary>
    public static bool IsSame(DateTime said, TimeSpan precision, DateTime moment) => precision == _second ? said == moment : precision == _minute && said == moment.AddTicks(-(moment.Ticks % _minute.Ticks));

    private static TimeMention WithTime(string text, int start, DateTime date)
    {
        int at = start + DateLength;
        if (at + 6 <= text.Length && text[at] is ' ' or 'T' && Two(text, at + 1) is { } hour && text[at + 3] == ':' && Two(text, at + 4) is { } minute && hour < 24 && minute < 60)
        {
            var time = date.AddHours(hour).AddMinutes(minute);
            return at + 9 <= text.Length && text[at + 6] == ':' && Two(text, at + 7) is { } second && second < 60
                ? new TimeMention(new TextSpan(start, DateLength + 9), time.AddSeconds(second), _second)
                : new TimeMention(new TextSpan(start, DateLength + 6), time, _minute);
        }

        return new TimeMention(new TextSpan(start, DateLength), date, _day);
    }

    private static int? Two(string text, int at) => at + 1 < text.Length && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) ? ((text[at] - '0') * 10) + text[at + 1] - '0' : null;
}
