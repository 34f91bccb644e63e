using TorchSharp;

namespace EhrR1.Training;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Start">Where its bytes begin in the file.</param>
/// <param name="Length">Their number.</param>
public sealed record SafetensorsEntry(torch.ScalarType Type, IReadOnlyList<long> Shape, long Start, long Length);
