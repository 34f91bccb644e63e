using System.Globalization;
using System.Numerics;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>Checks settings; the error names the setting as a configuration file does, and what it may be.</summary>
internal static class SettingRange
{
    /// <summary>A number of at least another.</summary>
    public static void AtLeast<T>(string name, T value, T least, string? where)
        where T : INumber<T> => Need(T.IsFinite(value) && value >= least, name, value, $"{least} or more", where);

    /// <summary>A number above another.</summary>
    public static void Above(string name, double value, double bound, string? where) => Need(double.IsFinite(value) && value > bound, name, value, $"a number above {Text(bound)}", where);

    /// <summary>A number between two others, both allowed.</summary>
    public static void Between(string name, double value, double least, double most, string? where) => Need(value >= least && value <= most, name, value, $"{Text(least)} to {Text(most)}", where);

    /// <summary>How often all cases are shown: above 0, and not so often that their order cannot be held.</summary>
    public static void Epochs(string name, double value, string? where) => Need(value is > 0 and <= 1000, name, value, "a number above 0, and 1000 at most", where);

    /// <summary>Anything that holds.</summary>
    public static void Need<T>(bool holds, string name, T value, string range, string? where)
    {
        if (!holds)
            throw new EhrR1Exception(string.Create(CultureInfo.InvariantCulture, $"The setting {name} is {value}"), where, $"It may be {range}");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
