using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>A file of named arrays (see <see cref="SectionWriter"/>), mapped into memory: opening reads the table alone.</summary>
/// <remarks>Safe for any number of threads until it is disposed of; no span may be in use then.</remarks>
internal sealed unsafe class SectionFile : IDisposable
{
    private readonly Dictionary<string, (long Offset, long Bytes)> _entries = new(StringComparer.Ordinal);
    private readonly string _place;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte[]? _bytes;
    private byte* _start;

    private SectionFile(string place, int version, long length, MemoryMappedFile? file, byte[]? bytes)
    {
        _place = place;
        _bytes = bytes;
        _file = file;
        if (file is null)
        {
            _start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(bytes!, 0);
        }
        else
        {
            _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }

        try
        {
            ReadTable(version, length);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The names of the arrays.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Maps a file.</summary>
    /// <exception cref="EhrR1Exception">There is no such file, it is not one of these, it is cut short, or another version wrote it.</exception>
    public static SectionFile Open(string path, int version)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length < SectionWriter.FooterBytes)
                throw Broken(path, "The file is not a terminology, or it is cut short");
            return new SectionFile(path, version, length, MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The terminology cannot be opened: {e.Message}", path, "Name a file that 'ehr-r1 terminology build' wrote", e);
        }
    }

    /// <summary>Takes a copy of a file's bytes.</summary>
    public static SectionFile From(ReadOnlySpan<byte> content, int version)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(content.Length, pinned: true);
        content.CopyTo(bytes);
        return new SectionFile("memory", version, bytes.Length, null, bytes);
    }

    /// <summary>An array by its name.</summary>
    /// <exception cref="EhrR1Exception">There is none, or its length is not whole.</exception>
    public Section<T> Get<T>(string name) where T : unmanaged
    {
        if (!_entries.TryGetValue(name, out var entry) || entry.Bytes % Unsafe.SizeOf<T>() != 0 || entry.Bytes / Unsafe.SizeOf<T>() > int.MaxValue)
            throw Broken(_place, $"The file holds no usable section {name}");
        return new Section<T>(this, entry.Offset, (int)(entry.Bytes / Unsafe.SizeOf<T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Span<T>(long offset, int count) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        return new ReadOnlySpan<T>(_start + offset, count);
    }

    public void Dispose()
    {
        if (_start is not null)
            _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _start = null;
        _view?.Dispose();
        _file?.Dispose();
        GC.KeepAlive(_bytes);
    }

    private static EhrR1Exception Broken(string place, string what) => new(what, place, "Build the terminology again with 'ehr-r1 terminology build'");

    private void ReadTable(int version, long length)
    {
        if (length < SectionWriter.FooterBytes)
            throw Broken(_place, "The file is not a terminology, or it is cut short");
        var footer = Span<byte>(length - SectionWriter.FooterBytes, SectionWriter.FooterBytes);
        if (!footer[..8].SequenceEqual(SectionWriter.Magic))
            throw Broken(_place, "The file is not a terminology, or it is cut short");
        int written = BinaryPrimitives.ReadInt32LittleEndian(footer[8..]);
        if (written != version)
            throw Broken(_place, $"The file is of version {written}, and this program reads version {version}");
        int count = BinaryPrimitives.ReadInt32LittleEndian(footer[12..]);
        long table = BinaryPrimitives.ReadInt64LittleEndian(footer[16..]);
        if (count < 0 || table < 0 || table + ((long)count * SectionWriter.EntryBytes) + SectionWriter.FooterBytes != length)
            throw Broken(_place, "The file's table does not fit its length");
        for (int i = 0; i < count; i++)
        {
            var entry = Span<byte>(table + ((long)i * SectionWriter.EntryBytes), SectionWriter.EntryBytes);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(entry[SectionWriter.NameBytes..]);
            long bytes = BinaryPrimitives.ReadInt64LittleEndian(entry[(SectionWriter.NameBytes + 8)..]);
            if (offset < 0 || bytes < 0 || offset > table - bytes)
                throw Broken(_place, "The file's table names a section outside the file");
            _entries[Encoding.ASCII.GetString(entry[..SectionWriter.NameBytes]).TrimEnd('\0')] = (offset, bytes);
        }
    }
}
