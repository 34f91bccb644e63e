namespace EhrR1.Reasoning;

/// <summary>The file format of an instruction set.</summary>
public enum InstructionFormat
{
    /// <summary>Parquet, compressed by zstd.</summary>
    Parquet,

    /// <summary>JSON Lines, not compressed.</summary>
    JsonLines,
}
