using System.Buffers.Text;
using System.Text;

namespace EhrR1.Hospital;

/// <summary>Rows of one table as UTF-8 CSV, field by field, for one writer at a time.</summary>
internal sealed class TableBuffer
{
    private const long SecondsADay = 86_400;
    private readonly byte[] day = new byte[10];
    private long cachedDay = long.MinValue;
    private byte[] data = new byte[1024];
    private bool inRow;

    public int Length { get; private set; }

    public long Rows { get; private set; }

    public ReadOnlyMemory<byte> Written => data.AsMemory(0, Length);

    public void Clear()
    {
        Length = 0;
        Rows = 0;
        inRow = false;
    }

    public TableBuffer Int(long value)
    {
        Next(20);
        Utf8Formatter.TryFormat(value, data.AsSpan(Length), out var written);
        Length += written;
        return this;
    }

    public TableBuffer Int(long? value) => value is { } present ? Int(present) : None();

    public TableBuffer None()
    {
        Next(0);
        return this;
    }

    public TableBuffer None(int count)
    {
        for (var i = 0; i < count; i++)
            Next(0);
        return this;
    }

    /// <summary>Writes a number with at most <paramref name="decimals"/> places and without trailing zeros.</summary>
    public TableBuffer Number(double value, int decimals)
    {
        Next(40);
        WriteNumber(value, decimals);
        return this;
    }

    public TableBuffer Number(double? value, int decimals) => value is { } present ? Number(present, decimals) : None();

    public TableBuffer Text(string? value)
    {
        if (value is null)
            return None();
        Next((value.Length * 3) + 2);
        if (!value.AsSpan().ContainsAny(",\"\n\r"))
        {
            Length += Encoding.UTF8.GetBytes(value, data.AsSpan(Length));
            return this;
        }
        var quoted = "\"" + value.Replace("\"", "\"\"") + "\"";
        Reserve(quoted.Length * 3);
        Length += Encoding.UTF8.GetBytes(quoted, data.AsSpan(Length));
        return this;
    }

    /// <summary>Writes a point in time, given in seconds since 0001-01-01, as <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    public TableBuffer Time(long seconds)
    {
        Next(19);
        var whole = Math.DivRem(seconds, SecondsADay, out var rest);
        WriteDay(whole);
        data[Length] = (byte)' ';
        WritePair(Length + 1, (int)(rest / 3600));
        data[Length + 3] = (byte)':';
        WritePair(Length + 4, (int)(rest / 60 % 60));
        data[Length + 6] = (byte)':';
        WritePair(Length + 7, (int)(rest % 60));
        Length += 9;
        return this;
    }

    public TableBuffer Time(long? seconds) => seconds is { } present ? Time(present) : None();

    /// <summary>Writes the day of a point in time as <c>yyyy-MM-dd</c>.</summary>
    public TableBuffer Date(long seconds)
    {
        Next(10);
        WriteDay(seconds / SecondsADay);
        return this;
    }

    public TableBuffer Date(long? seconds) => seconds is { } present ? Date(present) : None();

    public void End()
    {
        Reserve(1);
        data[Length++] = (byte)'\n';
        inRow = false;
        Rows++;
    }

    /// <summary>Writes the last row once more, as interfaces that send twice do.</summary>
    public void RepeatLastRow()
    {
        var start = data.AsSpan(0, Math.Max(0, Length - 1)).LastIndexOf((byte)'\n') + 1;
        var size = Length - start;
        Reserve(size);
        data.AsSpan(start, size).CopyTo(data.AsSpan(Length));
        Length += size;
        Rows++;
    }

    private void Next(int size)
    {
        Reserve(size + 1);
        if (inRow)
            data[Length++] = (byte)',';
        inRow = true;
    }

    private void WriteNumber(double value, int decimals)
    {
        var scale = decimals switch { 0 => 1L, 1 => 10L, 2 => 100L, 3 => 1_000L, 4 => 10_000L, _ => 1_000_000L };
        var scaled = (long)Math.Round(value * scale, MidpointRounding.AwayFromZero);
        if (scaled < 0)
        {
            data[Length++] = (byte)'-';
            scaled = -scaled;
        }
        var whole = Math.DivRem(scaled, scale, out var fraction);
        Utf8Formatter.TryFormat(whole, data.AsSpan(Length), out var written);
        Length += written;
        if (fraction == 0)
            return;
        data[Length++] = (byte)'.';
        while (fraction != 0)
        {
            scale /= 10;
            data[Length++] = (byte)('0' + (fraction / scale));
            fraction %= scale;
        }
    }

    private void WriteDay(long whole)
    {
        if (whole != cachedDay)
        {
            Encoding.ASCII.GetBytes(DateOnly.FromDayNumber((int)whole).ToString("yyyy-MM-dd"), day);
            cachedDay = whole;
        }
        day.CopyTo(data.AsSpan(Length));
        Length += 10;
    }

    private void WritePair(int at, int value)
    {
        data[at] = (byte)('0' + (value / 10));
        data[at + 1] = (byte)('0' + (value % 10));
    }

    private void Reserve(int size)
    {
        if (Length + size > data.Length)
            Array.Resize(ref data, Math.Max(data.Length * 2, Length + size));
    }
}
