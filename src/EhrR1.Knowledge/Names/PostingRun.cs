using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>The names of one size that have a trigram, in the order of their places: all places, then all marks, then all names.</summary>
/// <remarks>They stand apart so that most names are ruled out by reading places and marks in a row.</remarks>
internal readonly ref struct PostingRun
{
    // A place is one byte; those beyond are alike.
    private const int MostPlace = byte.MaxValue;
    private const int CacheLine = 64;

    public PostingRun(ReadOnlySpan<Posting> postings)
    {
        int count = postings.Length;
        var bytes = MemoryMarshal.AsBytes(postings);
        Places = bytes[..count];
        Marks = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(count, count * sizeof(ulong)));
        Names = MemoryMarshal.Cast<byte, int>(bytes[(count + (count * sizeof(ulong)))..]);
    }

    /// <summary>How many rarer trigrams each name has, at most 255.</summary>
    public ReadOnlySpan<byte> Places { get; }

    /// <summary>The <see cref="NameSignature.Folded"/> of each.</summary>
    public ReadOnlySpan<ulong> Marks { get; }

    /// <summary>The names.</summary>
    public ReadOnlySpan<int> Names { get; }

    /// <summary>Asks for the first places.</summary>
    public static void WillRead(ReadOnlySpan<Posting> postings)
    {
        var bytes = MemoryMarshal.AsBytes(postings);
        MemoryHint.WillRead(in bytes[0]);
        MemoryHint.WillRead(in bytes[Math.Min(CacheLine, bytes.Length - 1)]);
    }

    /// <summary>Fills the room of a run.</summary>
    /// <param name="room">As many as there are postings.</param>
    /// <param name="postings">The places in the upper half, the names in the lower, in ascending order.</param>
    /// <param name="marks">The marks of all names.</param>
    public static void Write(Span<Posting> room, ReadOnlySpan<ulong> postings, ReadOnlySpan<ulong> marks)
    {
        int count = postings.Length;
        var bytes = MemoryMarshal.AsBytes(room);
        var markRoom = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(count, count * sizeof(ulong)));
        var nameRoom = MemoryMarshal.Cast<byte, int>(bytes[(count + (count * sizeof(ulong)))..]);
        for (int i = 0; i < count; i++)
        {
            int name = (int)postings[i];
            bytes[i] = (byte)Math.Min(MostPlace, postings[i] >> 32);
            markRoom[i] = marks[name];
            nameRoom[i] = name;
        }
    }

    /// <summary>How many names have at most so many rarer trigrams, or more where that cannot be told; their marks are asked for.</summary>
    public int HeadTo(int place)
    {
        int head = CountTo(place);
        for (int at = 0; at < head; at += CacheLine / sizeof(ulong))
            MemoryHint.WillRead(in Marks[at]);
        return head;
    }

    private int CountTo(int place)
    {
        if (place >= MostPlace)
            return Places.Length;
        int head = Places.IndexOfAnyExceptInRange((byte)0, (byte)place);
        return head < 0 ? Places.Length : head;
    }
}
