namespace EhrR1.Reasoning;

/// <summary>The lines of a record.</summary>
internal static class RecordLines
{
    /// <summary>The lines of a part of it, without their ends.</summary>
    public static IEnumerable<TextSpan> Of(string text, TextSpan part)
    {
        for (int start = part.Start; start < part.End;)
        {
            int length = text.AsSpan(start, part.End - start).IndexOf('\n');
            int end = length < 0 ? part.End : start + length;
            yield return TextSpan.Between(start, end);
            start = end + 1;
        }
    }
}
