using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Writes safetensors files, whole or not at all.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;
    private const long AtOnce = 1 << 26;

    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Names and tensors, on any device.</param>
    /// <param name="type">The type to write, or <see langword="null"/> for each tensor's own.</param>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written; an older file stays as it was.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Tensor)> tensors, ScalarType? type = null)
    {
        // Transformers reads no file without this.
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        long end = 0;
        foreach (var (name, tensor) in tensors)
        {
            var written = type ?? tensor.dtype;
            var start = end;
            end += tensor.numel() * SafetensorsTypes.BytesOf(written);
            header[name] = new JsonObject { ["dtype"] = SafetensorsTypes.NameOf(written), ["shape"] = new JsonArray([.. tensor.shape.Select(s => JsonValue.Create(s))]), ["data_offsets"] = new JsonArray(start, end) };
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header, _plain);
        var padded = (json.Length + Alignment - 1) / Alignment * Alignment;
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, padded);
            stream.Write(length);
            stream.Write(json);
            for (var i = json.Length; i < padded; i++)
                stream.WriteByte((byte)' ');
            foreach (var (_, tensor) in tensors)
                WriteNumbers(stream, tensor, type ?? tensor.dtype);
        });
    }

    private static void WriteNumbers(Stream stream, Tensor tensor, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var flat = tensor.detach().contiguous().reshape(-1);
        long count = flat.numel(), most = AtOnce / SafetensorsTypes.BytesOf(type);
        for (long start = 0; start < count; start += most)
        {
            using var part = NewDisposeScope();
            stream.Write(flat.narrow(0, start, Math.Min(most, count - start)).to(type, CPU).bytes);
        }
    }
}
