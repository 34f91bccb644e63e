using System.Collections.Concurrent;

namespace EhrR1.Hospital;

/// <summary>Makes patients on several threads, piece by piece, and appends the pieces to the files in the patients' order.</summary>
internal sealed class PatientPipeline(HospitalContent content, HospitalOptions options, int patientsAPiece)
{
    private readonly long pieces = (options.Patients + patientsAPiece - 1) / patientsAPiece;

    public long[] Run(IReadOnlyList<TableFile> files, IProgress<long>? patientsDone, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A bound on finished pieces keeps memory flat where the disk is slower than the threads.
        using var room = new SemaphoreSlim(options.Threads * 3);
        using var arrived = new SemaphoreSlim(0);
        var done = new ConcurrentDictionary<long, Piece>();
        var next = -1L;
        var workers = Enumerable.Range(0, (int)Math.Min(options.Threads, pieces)).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var counts = new long[files.Count];
        try
        {
            for (var at = 0L; at < pieces; at++)
            {
                Piece? piece;
                while (!done.TryRemove(at, out piece))
                {
                    arrived.Wait(stop.Token);
                    cancellationToken.ThrowIfCancellationRequested();
                }
                for (var i = 0; i < files.Count; i++)
                {
                    files[i].Append(piece.Tables[i]);
                    counts[i] += piece.Rows[i];
                }
                room.Release();
                patientsDone?.Report(Math.Min(options.Patients, (at + 1) * patientsAPiece));
            }
            return counts;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A worker failed and stopped the rest: its own error is the one to tell.
            Task.WhenAll(workers).GetAwaiter().GetResult();
            throw;
        }
        finally
        {
            stop.Cancel();
            Task.WhenAll(workers).ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        void Work()
        {
            try
            {
                var factory = new PatientFactory(content, options);
                var tables = new PatientTables();
                var writer = new PatientWriter(content, tables);
                while (true)
                {
                    room.Wait(stop.Token);
                    var at = Interlocked.Increment(ref next);
                    if (at >= pieces)
                        return;
                    tables.Clear();
                    for (var index = at * patientsAPiece; index < Math.Min(options.Patients, (at + 1) * patientsAPiece); index++)
                    {
                        stop.Token.ThrowIfCancellationRequested();
                        writer.Write(factory.Make(index));
                    }
                    done[at] = Piece.Of(tables);
                    arrived.Release();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The run was stopped; whoever stopped it tells why.
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }
    }

    private sealed record Piece(DeflatedPiece[] Tables, long[] Rows)
    {
        public static Piece Of(PatientTables tables) => new(
            [.. TableSchema.All.Select(s => s.Path.EndsWith(".gz", StringComparison.Ordinal) ? DeflatedPiece.Of(tables[s.Table].Written) : DeflatedPiece.Plain(tables[s.Table].Written))],
            [.. TableSchema.All.Select(s => tables[s.Table].Rows)]);
    }
}
