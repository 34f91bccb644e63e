namespace EhrR1.Charts;

/// <summary>A file that a stage wrote.</summary>
/// <param name="Path">The path inside the workspace, with forward slashes.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
/// <param name="Rows">The number of rows in it, where it has rows.</param>
public sealed record OutputFile(string Path, long Bytes, string Sha256, long? Rows = null);
