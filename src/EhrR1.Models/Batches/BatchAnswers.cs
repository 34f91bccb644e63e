using Microsoft.Win32.SafeHandles;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The answers of a batch, found by the hash of their request.</summary>
/// <remarks>
/// Opening reads the files once and keeps a place for each line, not the answers. A request that several lines answer is answered by the first good one.
/// Not thread-safe.
/// </remarks>
public sealed class BatchAnswers : IDisposable
{
    private const int FaultsKept = 100;
    private readonly string[] _names;
    private readonly SafeFileHandle[] _files;
    private readonly Dictionary<UInt128, Entry> _entries = [];
    private readonly List<BatchLineFault> _faults = [];
    private long _lines, _taken, _duplicate, _damaged, _noHash, _short;

    private BatchAnswers(string[] paths)
    {
        _names = [.. paths.Select(p => Path.GetFileName(p)!)];
        _files = new SafeFileHandle[paths.Length];
    }

    /// <summary>Opens the answers.</summary>
    /// <param name="paths">The files: the output and, where there is one, the error file of each part.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EhrR1Exception">A file is missing or cannot be read.</exception>
    public static BatchAnswers Open(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        string[] all = [.. paths];
        var answers = new BatchAnswers(all);
        try
        {
            for (int i = 0; i < all.Length; i++)
                answers.Index(i, all[i], cancellationToken);
            return answers;
        }
        catch
        {
            answers.Dispose();
            throw;
        }
    }

    /// <summary>Notes that a request is one of this run, so that its line is no foreign one.</summary>
    /// <param name="hash">The request's hash.</param>
    public void Expect(string hash)
    {
        if (BatchId.KeyOf(hash) is { } key && _entries.TryGetValue(key, out var entry))
            entry.IsExpected = true;
    }

    /// <summary>The answer to a request.</summary>
    /// <param name="hash">The request's hash.</param>
    /// <param name="completions">How many completions it asks for.</param>
    /// <returns>The answer, which may have fewer completions; <see langword="null"/> where there is none.</returns>
    /// <exception cref="EhrR1Exception">The file was changed or cannot be read.</exception>
    public GenerationResponse? Find(string hash, int completions)
    {
        if (BatchId.KeyOf(hash) is not { } key || !_entries.TryGetValue(key, out var entry) || !entry.IsAnswer)
            return null;
        if (BatchAnswerLine.Read(LineOf(entry)) is not { } found || (found.Reply is null && !found.IsFiltered))
            throw new EhrR1Exception("The answers were changed while they were read", $"{_names[entry.File]}, line {entry.Line}", "Run the command again");
        _taken += entry.IsTaken ? 0 : 1;
        entry.IsTaken = true;
        if (found.Reply is null)
            return new GenerationResponse([.. Enumerable.Repeat(new Completion("", FinishReason.Filtered), completions)], default);
        var given = found.Reply.Choices.Take(completions).Select(c => c.Completion).ToList();
        if (given.Count < completions && !entry.IsShort)
        {
            entry.IsShort = true;
            _short++;
        }

        return new GenerationResponse(given, found.Reply.Usage);
    }

    /// <summary>Lets the answer to a request count as that to another one: a request for fewer completions.</summary>
    /// <param name="hash">The request that was answered.</param>
    /// <param name="part">The request that the answer fits.</param>
    public void Fit(string hash, string part)
    {
        if (BatchId.KeyOf(hash) is { } key && BatchId.KeyOf(part) is { } other && _entries.TryGetValue(key, out var entry))
            _entries[other] = entry;
    }

    /// <summary>What the files held, as far as the requests of the run are known: call it when all were looked up.</summary>
    public BatchAnswerReport Report()
    {
        // An answer that fits two requests is one line.
        var entries = _entries.Values.Distinct().OrderBy(e => e.File).ThenBy(e => e.Line).ToList();
        var faults = new List<BatchLineFault>(_faults);
        foreach (var entry in entries.Where(e => !e.IsExpected || !e.IsAnswer))
            Note(faults, new BatchLineFault(entry.IsExpected ? BatchLineFaultKind.Failed : BatchLineFaultKind.Foreign, _names[entry.File], entry.Line, entry.IsExpected ? entry.Reason : "no request of this run"));
        return new BatchAnswerReport
        {
            Lines = _lines,
            Taken = _taken,
            Known = entries.Count(e => e is { IsExpected: true, IsAnswer: true, IsTaken: false }),
            Failed = entries.Count(e => e is { IsExpected: true, IsAnswer: false }),
            Duplicate = _duplicate,
            Foreign = entries.Count(e => !e.IsExpected) + _noHash,
            Damaged = _damaged,
            Short = _short,
            Faults = faults,
        };
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var file in _files)
            file?.Dispose();
    }

    private byte[] LineOf(Entry entry)
    {
        var line = new byte[entry.Place.Length];
        // One reading may give less than was asked for.
        for (int held = 0, read; held < line.Length; held += read)
        {
            read = RandomAccess.Read(_files[entry.File], line.AsSpan(held), entry.Place.Offset + held);
            if (read == 0)
                return line[..held];
        }

        return line;
    }

    private void Index(int file, string path, CancellationToken cancellationToken)
    {
        try
        {
            _files[file] = File.OpenHandle(path);
            foreach (var line in BatchLines.Read(path))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _lines++;
                Add(file, line);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The answers cannot be read: {e.Message}", path, "Name the file that the batch wrote", e);
        }
    }

    private void Add(int file, BatchLines.Line line)
    {
        if (BatchAnswerLine.Read(line.Bytes) is not { } read)
        {
            _damaged++;
            Note(_faults, new BatchLineFault(BatchLineFaultKind.Damaged, _names[file], line.Number, line.IsWhole ? "no answer's line" : "the file stops within it"));
            return;
        }

        if (BatchId.KeyOf(read.Id) is not { } key)
        {
            _noHash++;
            Note(_faults, new BatchLineFault(BatchLineFaultKind.Foreign, _names[file], line.Number, "no request of this run"));
            return;
        }

        var entry = new Entry(file, line.Number, line.Place, read.Reply is not null || read.IsFiltered, read.Reason);
        if (_entries.TryAdd(key, entry))
            return;
        if (entry.IsAnswer && !_entries[key].IsAnswer)
        {
            // A second batch asked again what had failed.
            _entries[key] = entry;
            return;
        }

        _duplicate++;
        Note(_faults, new BatchLineFault(BatchLineFaultKind.Duplicate, _names[file], line.Number, "its request was answered before"));
    }

    private static void Note(List<BatchLineFault> faults, BatchLineFault fault)
    {
        if (faults.Count < FaultsKept)
            faults.Add(fault);
    }

    private sealed class Entry(int file, int line, LogPlace place, bool isAnswer, string reason)
    {
        public int File => file;

        public int Line => line;

        public LogPlace Place => place;

        public bool IsAnswer => isAnswer;

        public string Reason => reason;

        public bool IsExpected { get; set; }

        public bool IsTaken { get; set; }

        public bool IsShort { get; set; }
    }
}
