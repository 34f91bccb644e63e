using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Writes a file of named arrays, one after the other, each aligned to 64 bytes, with a table of them at the end.</summary>
/// <remarks>Numbers are little-endian. The table stands at the end so that an array's length need not be known when it is begun. Not thread-safe.</remarks>
internal sealed class SectionWriter(Stream stream)
{
    public const int Alignment = 64;
    public const int EntryBytes = 48;
    public const int FooterBytes = 32;
    public const int NameBytes = 32;

    /// <summary>The first bytes of a footer; a file cut short has none.</summary>
    public static ReadOnlySpan<byte> Magic => "EHR-R1 \u0001"u8;

    /// <summary>The name of the array that holds the SHA-256 of all bytes before it.</summary>
    public const string Hash = "content.sha256";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<(string Name, long Offset, long Bytes)> _entries = [];
    private long _position;
    private long _begun = -1;
    private string _name = "";
    private bool _isHashed;

    /// <summary>Writes a whole array.</summary>
    public void Write<T>(string name, ReadOnlySpan<T> values) where T : unmanaged
    {
        Begin(name);
        Append(values);
        End();
    }

    /// <summary>Begins an array that is appended to until <see cref="End"/>.</summary>
    public void Begin(string name)
    {
        if (_begun >= 0)
            throw new InvalidOperationException($"{_name} is not ended.");
        if (Encoding.ASCII.GetByteCount(name) > NameBytes)
            throw new ArgumentException("A section's name is too long.", nameof(name));
        Span<byte> padding = stackalloc byte[Alignment];
        padding.Clear();
        Put(padding[..(int)(-_position & (Alignment - 1))]);
        _begun = _position;
        _name = name;
    }

    public void Append<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        // Spans of bytes end at 2 GiB; arrays do not.
        const int Piece = 1 << 24;
        for (; values.Length > Piece; values = values[Piece..])
            Put(MemoryMarshal.AsBytes(values[..Piece]));
        Put(MemoryMarshal.AsBytes(values));
    }

    public void End()
    {
        _entries.Add((_name, _begun, _position - _begun));
        _begun = -1;
    }

    /// <summary>Writes the table and the footer.</summary>
    /// <param name="version">The version of the arrays' meaning.</param>
    public void Finish(int version)
    {
        Write<byte>(Hash, _hash.GetCurrentHash());
        _hash.Dispose();
        _isHashed = true;
        Begin("");
        long table = _begun;
        Span<byte> entry = stackalloc byte[EntryBytes];
        foreach (var (name, offset, bytes) in _entries)
        {
            entry.Clear();
            Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteInt64LittleEndian(entry[32..], offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[40..], bytes);
            Put(entry);
        }

        entry.Clear();
        Magic.CopyTo(entry);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], version);
        BinaryPrimitives.WriteInt32LittleEndian(entry[12..], _entries.Count);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], table);
        Put(entry[..FooterBytes]);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        if (!_isHashed)
            _hash.AppendData(bytes);
        _position += bytes.Length;
    }
}
