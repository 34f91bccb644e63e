using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text.Json;
using EhrR1.Charts;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>A safetensors file, mapped into memory: eight bytes with the header's length, the header in JSON, the tensors' bytes.</summary>
/// <remarks>Nothing in the header is believed: sizes are checked against each other and against the file. Reading is safe for use by any number of threads.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    // What the format's own reader allows.
    private const long LongestHeader = 100_000_000;
    private const int LengthBytes = 8;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    private SafetensorsFile(string path, MemoryMappedFile map, IReadOnlyDictionary<string, SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        FullPath = path;
        _map = map;
        _view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The file.</summary>
    public string FullPath { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>The texts under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="EhrR1Exception">The file is not there, or its header is wrong.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var (entries, metadata) = ReadHeader(path);
            return new SafetensorsFile(path, MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read), entries, metadata);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Wrong($"it cannot be read: {e.Message}", path, e);
        }
    }

    /// <summary>A tensor of the file, in its own type, on the CPU.</summary>
    /// <exception cref="EhrR1Exception">The file has no such tensor.</exception>
    public Tensor Read(string name)
    {
        var entry = Entries.TryGetValue(name, out var found) ? found : throw Wrong($"it has no tensor {name}", FullPath);
        var read = empty([.. entry.Shape], entry.Type);
        if (entry.Length > 0)
            CopyTo(entry, read);
        return read;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    // A span holds two gigabytes at most, and an embedding table may have more.
    private void CopyTo(SafetensorsEntry entry, Tensor target)
    {
        const long AtOnce = 1 << 28;
        var flat = target.reshape(-1);
        var size = SafetensorsTypes.BytesOf(entry.Type);
        for (long done = 0; done < entry.Length; done += AtOnce)
        {
            var count = Math.Min(AtOnce, entry.Length - done);
            using var part = flat.narrow(0, done / size, count / size);
            _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(entry.Start + done), part.bytes);
        }
    }

    private static (IReadOnlyDictionary<string, SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) ReadHeader(string path)
    {
        using var stream = File.OpenRead(path);
        var size = stream.Length;
        Expect(size >= LengthBytes, $"it has {size} bytes, too few for a header", path);
        var first = new byte[LengthBytes];
        stream.ReadExactly(first);
        var length = BinaryPrimitives.ReadInt64LittleEndian(first);
        Expect(length is > 1 and <= LongestHeader && length <= size - LengthBytes, $"its header claims {length} bytes of the file's {size}", path);
        var header = new byte[length];
        stream.ReadExactly(header);
        using var json = JsonDocument.Parse(header);
        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in json.RootElement.EnumerateObject())
        {
            if (item.Name == "__metadata__")
            {
                foreach (var text in item.Value.EnumerateObject())
                    metadata[text.Name] = text.Value.GetString() ?? "";
            }
            else
            {
                Expect(entries.TryAdd(item.Name, Entry(item.Name, item.Value, LengthBytes + length, size, path)), $"it names {item.Name} twice", path);
            }
        }

        CheckPlaces(entries, LengthBytes + length, size, path);
        return (entries, metadata);
    }

    private static SafetensorsEntry Entry(string name, JsonElement json, long data, long size, string path)
    {
        var stated = json.GetProperty("dtype").GetString();
        Expect(SafetensorsTypes.TryParse(stated, out var type, out var bytes), $"{name} is of type {stated}, which is not supported", path);
        long[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64())];
        Expect(Array.TrueForAll(shape, s => s >= 0), $"{name} has a negative size", path);
        long start = json.GetProperty("data_offsets")[0].GetInt64(), end = json.GetProperty("data_offsets")[1].GetInt64();
        Expect(start >= 0 && end >= start && end <= size - data, $"{name} lies at bytes {start} to {end} of {size - data}", path);
        Int128 needed = bytes;
        foreach (var one in shape)
        {
            needed *= one;
            Expect(needed <= size, $"{name} has more numbers than the file has bytes", path);
        }

        Expect(needed == end - start, $"{name} of shape [{string.Join(", ", shape)}] and type {stated} needs {needed} bytes and has {end - start}", path);
        return new SafetensorsEntry(type, shape, data + start, end - start);
    }

    private static void CheckPlaces(Dictionary<string, SafetensorsEntry> entries, long data, long size, string path)
    {
        var end = data;
        foreach (var (name, entry) in entries.OrderBy(e => e.Value.Start).ThenBy(e => e.Value.Length))
        {
            Expect(entry.Start == end, $"{name} begins at byte {entry.Start}, and what comes before it ends at {end}", path);
            end += entry.Length;
        }

        Expect(end == size, $"its tensors end at byte {end}, and it has {size}", path);
    }

    private static void Expect(bool condition, string what, string path)
    {
        if (!condition)
            throw Wrong(what, path);
    }

    private static EhrR1Exception Wrong(string what, string path, Exception? inner = null) =>
        new($"The file of weights is wrong: {what}", path, "Copy the model's files again, all of one version", inner);
}
