using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Texts by number in a <see cref="SectionFile"/>: their bytes in one array, their starts in another.</summary>
internal readonly struct TextSection(SectionFile file, string name)
{
    private readonly Section<byte> _bytes = file.Get<byte>(name + ".text");
    private readonly Section<long> _starts = file.Get<long>(name + ".start");

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var starts = _starts.Span;
            return _bytes.Span[(int)starts[index]..(int)starts[index + 1]];
        }
    }

    /// <summary>Writes texts in an order.</summary>
    public static void Write(SectionWriter writer, string name, TextTable texts, ReadOnlySpan<int> order)
    {
        var starts = new long[order.Length + 1];
        writer.Begin(name + ".text");
        for (int i = 0; i < order.Length; i++)
        {
            var text = texts[order[i]];
            writer.Append(text);
            starts[i + 1] = starts[i] + text.Length;
        }

        writer.End();
        if (starts[^1] > int.MaxValue)
            throw new InvalidOperationException($"The texts of {name} are longer than 2 GiB together.");
        writer.Write<long>(name + ".start", starts);
    }

    public string Text(int index) => Encoding.UTF8.GetString(this[index]);

    /// <summary>The number of a text among texts that stand in the order of their bytes, or −1.</summary>
    public int Find(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            int order = this[middle].SequenceCompareTo(wanted);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }
}
