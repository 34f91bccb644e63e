using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Counts the cases of one file while they are written.</summary>
internal sealed class FileTally
{
    private readonly Dictionary<string, long> _tasks = new(StringComparer.Ordinal);
    private long _characters;
    private long _tokens;
    private long _tooLong;
    private long _evidenceCut;

    /// <summary>Counts a reasoning case that is left out because its budget cuts off what the chain cites.</summary>
    public void AddEvidenceCut() => _evidenceCut++;

    /// <summary>Counts each case that passes, and leaves out those that could not be made.</summary>
    public IEnumerable<InstructionCase> Count(IEnumerable<InstructionCase?> cases)
    {
        foreach (var one in cases)
        {
            if (one is null)
            {
                _tooLong++;
                continue;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_tasks, one.Task.Name, out _)++;
            _characters += one.User.Length;
            _tokens += one.Tokens;
            yield return one;
        }
    }

    public FileSummary Summary(string root, string path) => new()
    {
        File = new OutputFile(Path.GetRelativePath(root, path).Replace('\\', '/'), new FileInfo(path).Length, FileHash.OfFile(path), _tasks.Values.Sum()),
        Tasks = new SortedDictionary<string, long>(_tasks, StringComparer.Ordinal),
        Characters = _characters,
        Tokens = _tokens,
        TooLong = _tooLong,
        EvidenceCut = _evidenceCut,
    };
}
