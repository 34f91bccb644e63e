using System.Collections.Concurrent;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>Counts terms and pairs over the samples of a workspace, shard by shard, each thread with counters of its own.</summary>
internal sealed class LiftCount : IDisposable
{
    private readonly Workspace _workspace;
    private readonly LiftOptions _options;
    private readonly Func<int, NoteTerms> _notes;
    private readonly string _spillFolder;
    private readonly ConcurrentStack<Worker> _idle = new();
    private readonly List<Worker> _workers = [];
    private readonly Lock _gate = new();
    private long _patientsDone;

    /// <summary>Prepares to count.</summary>
    /// <param name="workspace">The workspace, with charts and a task index.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="options">The settings.</param>
    /// <param name="notes">The concepts in the free texts of a shard.</param>
    /// <param name="spillFolder">Where to spill to.</param>
    public LiftCount(Workspace workspace, IReadOnlyList<TaskDefinition> tasks, LiftOptions options, Func<int, NoteTerms> notes, string spillFolder)
    {
        _workspace = workspace;
        Tasks = tasks;
        _options = options;
        _notes = notes;
        _spillFolder = spillFolder;
    }

    public IReadOnlyList<TaskDefinition> Tasks { get; }

    public TermTable Terms { get; } = new();

    /// <summary>How often pairs were spilled.</summary>
    public int Spills => _workers.Sum(w => w.Counters.Sum(c => c.Spills));

    /// <summary>The counters of a task, of which each counted a part of its samples.</summary>
    public IReadOnlyList<PairCounter> CountersOf(int task) => [.. _workers.Select(w => w.Counters[task])];

    public void Run(IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var charts = ChartStore.Open(_workspace);
        int threads = Math.Clamp(_options.Threads, 1, Math.Max(1, charts.ShardCount));
        ParallelWork.For(charts.ShardCount, threads, shard =>
        {
            var worker = Take(threads);
            CountShard(worker, shard, charts.Subjects.Count, progress, cancellationToken);
            _idle.Push(worker);
        }, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
    }

    private Worker Take(int threads)
    {
        if (_idle.TryPop(out var worker))
            return worker;
        lock (_gate)
        {
            worker = new Worker(this, _workers.Count, _options.Memory / threads);
            _workers.Add(worker);
            return worker;
        }
    }

    private void CountShard(Worker worker, int shard, int patients, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var notes = _notes(shard);
        foreach (var (chart, rows) in worker.Index.ReadByPatient(ChartStore.Open(_workspace), shard, [.. Tasks.Select(t => t.Name)], _options.Split, cancellationToken))
        {
            var terms = new ChartTerms(chart, Terms, notes);
            foreach (var row in rows)
                worker.Add(terms, row);
            progress?.Report(new StageProgress("Counting pairs", Interlocked.Increment(ref _patientsDone), patients));
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly LiftCount _count;
        private readonly SampleTerms _sample;
        private readonly Dictionary<string, int> _taskIndex;
        private readonly long _mostBytes;
        private long _bytes;

        public Worker(LiftCount count, int number, long mostBytes)
        {
            _count = count;
            _mostBytes = mostBytes;
            Index = TaskIndexStore.Open(count._workspace);
            _sample = new SampleTerms(count.Terms, count._workspace.Profile, Index.Manifest.HasDischargeNotes);
            _taskIndex = count.Tasks.Select((t, i) => (t.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
            Counters = [.. count.Tasks.Select(t => new PairCounter(Path.Combine(count._spillFolder, $"{t.Name}-{number}{AtomicFile.TemporaryEnding}")))];
        }

        public TaskIndexStore Index { get; }

        public PairCounter[] Counters { get; }

        public void Add(ChartTerms chart, TaskIndexRow row)
        {
            _sample.Read(chart, row);
            var counter = Counters[_taskIndex[row.Task]];
            long before = counter.Bytes;
            counter.Add(_sample.Targets, _sample.History, _sample.Union, _count.Terms.Count);
            _bytes += counter.Bytes - before;
            if (_bytes <= _mostBytes)
                return;
            var largest = Counters.MaxBy(c => c.Bytes)!;
            _bytes -= largest.Bytes;
            largest.Spill();
        }

        public void Dispose()
        {
            Index.Dispose();
            foreach (var counter in Counters)
                counter.Dispose();
        }
    }
}
