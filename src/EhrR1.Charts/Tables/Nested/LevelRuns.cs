using System.Buffers;
using System.Buffers.Binary;

namespace EhrR1.Charts;

/// <summary>Repetition or definition levels as Parquet's runs: how often, then which level.</summary>
/// <param name="most">The highest level; 0 writes nothing.</param>
internal sealed class LevelRuns(int most)
{
    private readonly ArrayBufferWriter<byte> _runs = new(1 << 8);
    private int _level;
    private uint _count;

    public int Most => most;

    public void Add(int level)
    {
        if (level != _level && _count > 0)
            EndRun();
        _level = level;
        _count++;
    }

    public void WriteTo(ArrayBufferWriter<byte> page)
    {
        if (most == 0)
            return;
        EndRun();
        BinaryPrimitives.WriteInt32LittleEndian(page.GetSpan(4), _runs.WrittenCount);
        page.Advance(4);
        page.Write(_runs.WrittenSpan);
    }

    public void Clear()
    {
        _runs.ResetWrittenCount();
        _count = 0;
    }

    // The lowest bit of 0 says that it is a run; a level takes one byte, as none is above 255.
    private void EndRun()
    {
        var to = _runs.GetSpan(6);
        var length = 0;
        var header = _count << 1;
        for (; header >= 0x80; header >>= 7)
            to[length++] = (byte)(header | 0x80);
        to[length++] = (byte)header;
        to[length++] = (byte)_level;
        _runs.Advance(length);
        _count = 0;
    }
}
