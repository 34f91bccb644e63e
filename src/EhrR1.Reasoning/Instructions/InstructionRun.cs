using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>One run that writes an instruction set: what is drawn, and how cases are made of it.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class InstructionRun : IDisposable
{
    private readonly Workspace _workspace;
    private readonly InstructionKind _kind;
    private readonly InstructionOptions _options;
    private readonly IProgress<StageProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly TaskIndexStore _index;
    private long _done;
    private int _drawn;

    public InstructionRun(Workspace workspace, InstructionKind kind, InstructionOptions options, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        _workspace = workspace;
        _kind = kind;
        _options = options;
        _progress = progress;
        _cancellation = cancellationToken;
        _index = TaskIndexStore.Open(workspace);
    }

    public int ShardCount => _index.Manifest.Shards;

    public string Fingerprint => FileHash.OfText($"{Workspace.ProgramVersion}\n{SourceOf(_workspace).ToJsonString()}\n{Settings().ToJsonString()}");

    public SampleSelection Draw()
    {
        var selection = BenchmarkBuilder.Draw(
            _workspace,
            new DrawOptions { PerTask = _options.PerTask, Balance = _options.Balance, Split = _options.Split, Seed = _workspace.Manifest.Seed, Tasks = Tasks(), Filter = DrawFilter.For(_workspace.Profile) },
            _cancellation);
        if (selection.Count == 0)
            throw new EhrR1Exception($"Nothing can be drawn: no sample of the split '{_options.Split}' is in the chosen tasks", _workspace.Folder, "Choose other tasks or another split; a task that the published set leaves out (discharge) needs --per-task");
        _drawn = selection.Count;
        return selection;
    }

    /// <summary>The cases of shards in the order of the charts; <see langword="null"/> for one that the budget has no room for.</summary>
    /// <param name="shards">The shards.</param>
    /// <param name="selection">The samples that were drawn.</param>
    /// <param name="mostPerShard">Cases of a shard at most, the first. The default value is all.</param>
    public IEnumerable<InstructionCase?> Cases(IEnumerable<int> shards, SampleSelection selection, int mostPerShard = int.MaxValue)
    {
        using var index = TaskIndexStore.Open(_workspace);
        var charts = ChartStore.Open(_workspace);
        var maker = new CaseMaker(_workspace.Profile, index.Manifest.HasDischargeNotes, _kind, _options);
        foreach (var shard in shards)
        {
            var rows = index.ReadByPatient(charts, shard, selection, _cancellation).SelectMany(p => p.Rows, (patient, row) => (patient.Chart, Row: row));
            foreach (var (chart, row) in rows.Take(mostPerShard))
            {
                _cancellation.ThrowIfCancellationRequested();
                yield return maker.Make(chart, row);
            }
        }
    }

    public void WriteFile(string path, long firstIndex, IEnumerable<InstructionCase> cases)
    {
        if (_kind == InstructionKind.Reinforcement)
            CaseFile.WritePrompts(path, _options.Format, firstIndex, cases);
        else
            CaseFile.Write(path, _options.Format, cases);
    }

    /// <summary>Counts the cases of files that were finished before.</summary>
    public void Skip(long cases) => Interlocked.Add(ref _done, cases);

    public InstructionCase Report(InstructionCase one)
    {
        _progress?.Report(new StageProgress("Writing cases", Interlocked.Increment(ref _done), _drawn, "cases"));
        return one;
    }

    public InstructionManifest Manifest(IReadOnlyList<FileSummary> files) => InstructionManifest.Of(_kind, Fingerprint, Settings(), SourceOf(_workspace), _options.Counter.Name, files);

    /// <summary>What a manifest says of the workspace.</summary>
    public static JsonObject SourceOf(Workspace workspace) => new()
    {
        ["profile"] = workspace.Manifest.Profile,
        ["seed"] = workspace.Manifest.Seed,
        ["synthetic"] = workspace.Manifest.Synthetic,
        ["tasks"] = workspace.Stage(TaskIndexSchema.Folder)?.Fingerprint ?? FileHash.OfFile(workspace.PathOf(TaskIndexSchema.Folder, TaskIndexSchema.ManifestFile)),
    };

    public void Dispose() => _index.Dispose();

    // A task that the published set leaves out is drawn only where it is named.
    private IReadOnlyCollection<string> Tasks() => _options.Tasks ?? [.. TaskCatalog.Tasks.Where(t => t.InstructionCap > 0).Select(t => t.Name)];

    private JsonObject Settings() => new()
    {
        ["kind"] = CaseColumns.NameOf(_kind),
        ["per_task"] = _options.PerTask,
        ["tasks"] = new JsonArray([.. TaskCatalog.Tasks.Select(t => t.Name).Where(Tasks().Contains).Select(t => (JsonNode)t)]),
        ["split"] = _options.Split,
        ["balance"] = _options.Balance,
        ["format"] = _options.Format == InstructionFormat.Parquet ? "parquet" : "jsonl",
        ["max_tokens"] = _options.MaxTokens,
        ["answer_tokens"] = _options.AnswerTokens,
        ["tokens_by"] = _options.Counter.Name,
        ["tokenizer_sha256"] = _options.TokenizerHash,
        ["cases_per_file"] = _options.CasesPerFile,
    };
}
