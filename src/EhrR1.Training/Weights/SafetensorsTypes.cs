using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The types of numbers that safetensors names and libtorch has.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type, int Bytes)[] _all =
    [
        ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("F64", ScalarType.Float64, 8),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    public static bool TryParse(string? name, out ScalarType type, out int bytes)
    {
        var found = Array.Find(_all, t => t.Name == name);
        (type, bytes) = (found.Type, found.Bytes);
        return found.Name is not null;
    }

    public static string NameOf(ScalarType type) => Array.Find(_all, t => t.Type == type).Name ?? throw new ArgumentOutOfRangeException(nameof(type), type, "safetensors has no such type.");

    public static int BytesOf(ScalarType type) => Array.Find(_all, t => t.Type == type).Bytes;
}
