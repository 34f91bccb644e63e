using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>One run that makes reasoning cases of kept chains.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class ReasoningRun(Workspace workspace, TaughtChains chains, InstructionOptions options, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
{
    private readonly ChartStore _charts = ChartStore.Open(workspace);
    private readonly GroundingCheck _check = new();
    private KeptChains? _kept;
    private long _done;

    public int ShardCount => _charts.ShardCount;

    public KeptChains Kept => _kept ??= KeptChains.Find(CheckedFile, _charts, cancellationToken);

    public string Fingerprint => FileHash.OfText(string.Join('\n',
        Workspace.ProgramVersion, InstructionRun.SourceOf(workspace).ToJsonString(), Settings().ToJsonString(), FileHash.OfFile(CheckedFile),
        JsonSerializer.Serialize(chains.Attrition(new Dictionary<string, long>(StringComparer.Ordinal))), JsonSerializer.Serialize(chains.Cost())));

    private string CheckedFile => Path.Combine(chains.Folder, ChainCheckRun.CheckedFile);

    /// <summary>The cases of shards in the order of the charts; <see langword="null"/> for one that the budget has no room for.</summary>
    /// <param name="shards">The shards.</param>
    /// <param name="tally">Counts what is left out for its evidence.</param>
    /// <param name="mostPerShard">Chains of a shard at most, the first. The default value is all.</param>
    public IEnumerable<InstructionCase?> Cases(IEnumerable<int> shards, FileTally tally, int mostPerShard = int.MaxValue)
    {
        using var index = TaskIndexStore.Open(workspace);
        // One of its own: a store serves one thread at a time.
        var charts = ChartStore.Open(workspace);
        var maker = new CaseMaker(workspace.Profile, index.Manifest.HasDischargeNotes, InstructionKind.Reasoning, options);
        var builder = new SampleBuilder(workspace.Profile, candidates: null, index.Manifest.HasDischargeNotes);
        foreach (var shard in shards)
        {
            using var kept = Kept.Read(shard).Take(mostPerShard).GetEnumerator();
            if (!kept.MoveNext())
                continue;
            bool isOver = false;
            foreach (var (chart, row) in index.ReadByPatient(charts, shard, null, options.Split, cancellationToken).SelectMany(p => p.Rows, (patient, row) => (patient.Chart, Row: row)))
            {
                if (kept.Current.SampleId != row.Id)
                    continue;
                cancellationToken.ThrowIfCancellationRequested();
                var one = BestThatFits(maker, builder, chart, row, kept.Current, out bool isCut);
                if (one is null && isCut)
                    tally.AddEvidenceCut();
                else
                    yield return one;
                if (isOver = !kept.MoveNext())
                    break;
            }

            if (!isOver)
                throw new EhrR1Exception("The chains do not fit the task index", $"{CheckedFile}, {kept.Current.SampleId}", "Run the command again in a new folder");
        }
    }

    public InstructionCase Report(InstructionCase one)
    {
        progress?.Report(new StageProgress("Writing cases", Interlocked.Increment(ref _done), Kept.Count, "cases"));
        return one;
    }

    /// <summary>Counts the cases of files that were finished before.</summary>
    public void Skip(long cases) => Interlocked.Add(ref _done, cases);

    public InstructionManifest Manifest(IReadOnlyList<FileSummary> files)
    {
        var manifest = InstructionManifest.Of(InstructionKind.Reasoning, Fingerprint, Settings(), InstructionRun.SourceOf(workspace), options.Counter.Name, files);
        return manifest with { EvidenceCut = files.Sum(f => f.EvidenceCut), Attrition = chains.Attrition(manifest.Tasks), Cost = chains.Cost() };
    }

    /// <summary>The case of a sample's best chain that has room and cites nothing that the budget cuts off.</summary>
    private InstructionCase? BestThatFits(CaseMaker maker, SampleBuilder builder, PatientChart chart, TaskIndexRow row, KeptSample kept, out bool isCut)
    {
        isCut = false;
        foreach (var chain in kept.Chains())
        {
            if (maker.Make(chart, row, chain) is not { } one)
                continue;
            if (!maker.WasCut || HoldsEvidence(builder.Build(chart, row), one, chain))
                return one;
            isCut = true;
        }

        return null;
    }

    // A chain that cites what the model does not see would teach it to invent.
    private bool HoldsEvidence(Sample sample, InstructionCase one, KeptChain kept)
    {
        var seen = sample with { Input = one.User.Span[..^CaseText.Question(sample.Instruction, thinks: true).Length].ToString() };
        return _check.Check(seen, null, kept.Parsed).FalseClaims <= _check.Check(sample, null, kept.Parsed).FalseClaims;
    }

    private JsonObject Settings()
    {
        var settings = (JsonObject)chains.Settings.DeepClone();
        settings["kind"] = CaseColumns.NameOf(InstructionKind.Reasoning);
        settings["split"] = options.Split;
        settings["least"] = chains.Grounding.LeastMeasure;
        settings["allow_faults"] = chains.Grounding.FalseClaimsAllowed;
        settings["format"] = options.Format == InstructionFormat.Parquet ? "parquet" : "jsonl";
        settings["max_tokens"] = options.MaxTokens;
        settings["answer_tokens"] = options.AnswerTokens;
        settings["tokens_by"] = options.Counter.Name;
        settings["tokenizer_sha256"] = options.TokenizerHash;
        settings["cases_per_file"] = options.CasesPerFile;
        return settings;
    }
}
