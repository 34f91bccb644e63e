using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Writes one file of an instruction set, whole or not at all; the same columns for direct and reasoning cases, so that both can be mixed.</summary>
/// <remarks>
/// Conversations have a column <c>messages</c>, a list of records of role and content, as TRL, verl and LLaMA-Factory read it; prompts for
/// reinforcement learning have verl's columns, which TRL takes as well. Memory holds one row group, about 16 MiB of text.
/// </remarks>
public static class CaseFile
{
    /// <summary>The ending of a format's files.</summary>
    public static string EndingOf(InstructionFormat format) => format == InstructionFormat.Parquet ? ".parquet" : ".jsonl";

    /// <summary>Writes cases in the order given.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="cases">Direct and reasoning cases, read once.</param>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public static void Write(string path, InstructionFormat format, IEnumerable<InstructionCase> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        if (format == InstructionFormat.Parquet)
        {
            using var table = new CaseTable(path);
            table.Write(cases);
        }
        else
        {
            CaseLines.Write(path, cases);
        }
    }

    /// <summary>Writes prompts for reinforcement learning in the order given.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="firstIndex">The number of the first prompt in the whole set.</param>
    /// <param name="prompts">The prompts, read once.</param>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public static void WritePrompts(string path, InstructionFormat format, long firstIndex, IEnumerable<InstructionCase> prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        if (format == InstructionFormat.Parquet)
        {
            using var table = new PromptTable(path);
            table.Write(prompts, firstIndex);
        }
        else
        {
            PromptLines.Write(path, prompts, firstIndex);
        }
    }
}
