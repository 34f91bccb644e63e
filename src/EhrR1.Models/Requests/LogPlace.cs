namespace EhrR1.Models;

/// <summary>Where a record stands in an <see cref="AppendLog{T}"/>.</summary>
/// <param name="Offset">Bytes from the beginning of the file.</param>
/// <param name="Length">Bytes of the line, without its end.</param>
public readonly record struct LogPlace(long Offset, int Length);
