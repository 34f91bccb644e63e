using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>The cases of an instruction set as tokens, in two files that are mapped into memory: any case is at hand, and memory does not grow with their number.</summary>
/// <remarks>
/// <c>tokens.bin</c> holds the tokens one after the other as 32-bit integers, <c>cases.bin</c> three 64-bit integers a case: the end of its tokens,
/// the start of its completion, and 1 for a reasoning case. Both little-endian. Safe for use by any number of threads.
/// </remarks>
public sealed class TokenizedCases : IDisposable
{
    private const string TokensName = "tokens.bin";
    private const string CasesName = "cases.bin";
    private const int EntrySize = 3 * sizeof(long);

    private readonly MemoryMappedFile _tokens;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long[] _entries;

    private TokenizedCases(MemoryMappedFile tokens, MemoryMappedViewAccessor view, long[] entries)
    {
        (_tokens, _view, _entries) = (tokens, view, entries);
    }

    /// <summary>How many cases there are.</summary>
    public int Count => _entries.Length / 3;

    /// <summary>The tokens of all cases together.</summary>
    public long Tokens => Count == 0 ? 0 : _entries[^3];

    /// <summary>Writes cases into a folder and opens them.</summary>
    /// <param name="folder">The folder, made if need be; files of the same names are replaced.</param>
    /// <param name="cases">The cases, read once.</param>
    /// <exception cref="EhrR1Exception">There are none, or the files cannot be written.</exception>
    public static TokenizedCases Write(string folder, IEnumerable<TrainingCase> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        AtomicFile.Write(Path.Combine(folder, TokensName), tokens => AtomicFile.Write(Path.Combine(folder, CasesName), entries =>
        {
            long end = 0;
            foreach (var one in cases)
            {
                tokens.Write(MemoryMarshal.AsBytes(one.Tokens.AsSpan()));
                end += one.Tokens.Length;
                entries.Write(MemoryMarshal.AsBytes((ReadOnlySpan<long>)[end, one.CompletionStart, one.IsReasoning ? 1 : 0]));
            }

            if (end == 0)
                throw new EhrR1Exception("The instruction set holds no case", null, "Make one with more patients, or name another");
        }));
        return Open(folder);
    }

    /// <summary>Opens what <see cref="Write"/> left in a folder.</summary>
    /// <exception cref="EhrR1Exception">The files are not there or do not fit each other.</exception>
    public static TokenizedCases Open(string folder)
    {
        var (tokensPath, casesPath) = (Path.Combine(folder, TokensName), Path.Combine(folder, CasesName));
        try
        {
            var bytes = File.ReadAllBytes(casesPath);
            var entries = MemoryMarshal.Cast<byte, long>(bytes).ToArray();
            if (bytes.Length == 0 || bytes.Length % EntrySize != 0 || entries[^3] * sizeof(int) != new FileInfo(tokensPath).Length)
                throw new EhrR1Exception("The tokenized cases are damaged", folder, "Delete the folder and run the command again");
            var tokens = MemoryMappedFile.CreateFromFile(tokensPath, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
            return new TokenizedCases(tokens, tokens.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The tokenized cases cannot be read: {e.Message}", folder, "Delete the folder and run the command again", e);
        }
    }

    /// <summary>Whether a case has a chain of reasoning.</summary>
    public bool IsReasoning(int index) => _entries[(index * 3) + 2] != 0;

    /// <summary>How many tokens a case has.</summary>
    public int Length(int index) => (int)(_entries[index * 3] - StartOf(index));

    /// <summary>A case by its place.</summary>
    public TrainingCase Read(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var tokens = new int[Length(index)];
        _view.ReadArray(StartOf(index) * sizeof(int), tokens, 0, tokens.Length);
        return new TrainingCase(tokens, (int)_entries[(index * 3) + 1], IsReasoning(index));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _view.Dispose();
        _tokens.Dispose();
    }

    private long StartOf(int index) => index == 0 ? 0 : _entries[(index - 1) * 3];
}
