using System.Globalization;
using System.Text;

namespace EhrR1.Charts;

/// <summary>Writes numbers as a model reads them: the shortest round-trip decimal with a point, never with an exponent.</summary>
public static class NumberText
{
    /// <summary>The text of a number: <c>1.0</c>, <c>12.5</c>, <c>0.00001</c>; <c>nan</c> and <c>inf</c> as Python writes them.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        if (Math.Abs(value) < 1e15 && Math.Floor(value) == value)
            return value == 0 && double.IsNegative(value) ? "-0.0" : ((long)value).ToString(CultureInfo.InvariantCulture) + ".0";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? Positional(text) : text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Positional(string text)
    {
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var negative = text[0] == '-';
        var mantissa = text[(negative ? 1 : 0)..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var whole = (point < 0 ? mantissa.Length : point) + exponent;
        var result = new StringBuilder(negative ? "-" : "");
        if (whole <= 0)
            result.Append("0.").Append('0', -whole).Append(digits);
        else if (whole >= digits.Length)
            result.Append(digits).Append('0', whole - digits.Length).Append(".0");
        else
            result.Append(digits, 0, whole).Append('.').Append(digits, whole, digits.Length - whole);
        return result.ToString();
    }
}
