using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>What an instruction set is made of, and how it is written.</summary>
public sealed record InstructionOptions
{
    /// <summary>Cases a task at most; <see langword="null"/>, the default value, for the published caps (<see cref="TaskDefinition.InstructionCap"/>).</summary>
    public int? PerTask { get; init; }

    /// <summary>The tasks by name; <see langword="null"/>, the default value, for all that the published set has.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>The split to draw from. The default value is <see cref="SplitNames.Train"/>.</summary>
    public string Split { get; init; } = SplitNames.Train;

    /// <summary>Whether risk tasks get as many yes as no, as many as the rarer has. The default value is <see langword="false"/>: they are drawn by weight, which favours the rarer.</summary>
    public bool Balance { get; init; }

    /// <summary>The format. The default value is <see cref="InstructionFormat.Parquet"/>.</summary>
    public InstructionFormat Format { get; init; } = InstructionFormat.Parquet;

    /// <summary>Tokens of a case at most, chat template and answer included; what is longer loses the beginning of its input. <see langword="null"/>, the default value, cuts nothing.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>
    /// Tokens of <see cref="MaxTokens"/> that are left to the answer at least, however short it is. The default value is 0: a record is cut to what its own answer leaves, as
    /// published; every cut case is then of one length, and where the prompt ends tells how long the answer is, which no prompt does whose answer is not known yet.
    /// </summary>
    public int AnswerTokens { get; init; }

    /// <summary>What counts tokens. The default value is the estimate.</summary>
    public ITokenCutter Counter { get; init; } = new EstimatedTokenCounter();

    /// <summary>The hash of the file that <see cref="Counter"/> was read from, if any, so that another tokenizer makes another data set. The default value is <see langword="null"/>.</summary>
    public string? TokenizerHash { get; init; }

    /// <summary>About how many cases a file holds. The default value is 20,000: about 100 MB of Parquet at 40,000 characters a case.</summary>
    public int CasesPerFile { get; init; } = 20_000;

    /// <summary>How many files are written at once. The default value is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Tells how many bytes are free at a folder. The default value asks the system.</summary>
    public Func<string, long> FreeSpace { get; init; } = DiskSpace.FreeAt;
}
