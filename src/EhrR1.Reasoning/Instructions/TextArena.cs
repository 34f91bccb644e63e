namespace EhrR1.Reasoning;

/// <summary>Keeps copies of texts until they are written, in memory that is used again afterwards.</summary>
/// <remarks>Not safe for several threads at once.</remarks>
internal sealed class TextArena
{
    private const int BlockLength = 1 << 20;
    private readonly List<char[]> _blocks = [];
    private int _block;
    private int _next;

    /// <summary>The characters that are kept.</summary>
    public long Length { get; private set; }

    /// <summary>Copies a text; the copy holds until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<char> Keep(ReadOnlySpan<char> text)
    {
        Length += text.Length;
        if (text.Length > BlockLength)
            return text.ToArray();
        if (_block < _blocks.Count && BlockLength - _next < text.Length)
        {
            _block++;
            _next = 0;
        }

        if (_block == _blocks.Count)
            _blocks.Add(new char[BlockLength]);
        var copy = _blocks[_block].AsMemory(_next, text.Length);
        text.CopyTo(copy.Span);
        _next += text.Length;
        return copy;
    }

    public void Clear() => (_block, _next, Length) = (0, 0, 0);
}
