using System.Collections.Concurrent;
using EhrR1.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>A model on a thread of its own, that anyone may ask: requests join the batch that is being generated and leave it when they end.</summary>
/// <remarks>Safe for use by any number of threads. An exception of the model's fails the requests that run or wait with it, not the worker.</remarks>
public sealed class GenerationWorker : IDisposable
{
    private readonly DecoderModel _model;
    private readonly ByteLevelTokenizer _tokenizer;
    private readonly Func<GenerationBatch> _begin;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Dictionary<int, Pending> _pending = [];
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();
    private GenerationBatch? _batch;

    /// <summary>Starts the thread.</summary>
    /// <param name="model">The model; nobody else may use it meanwhile. It stays the caller's.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="limits">How much is generated at once.</param>
    /// <param name="stopTokens">The tokens that end a sequence that names none; by default those of config.json.</param>
    public GenerationWorker(DecoderModel model, ByteLevelTokenizer tokenizer, GenerationLimits? limits = null, IReadOnlyList<int>? stopTokens = null)
        : this(model, tokenizer, () => new GenerationBatch(model, tokenizer, limits, stopTokens), stopTokens)
    {
    }

    internal GenerationWorker(DecoderModel model, ByteLevelTokenizer tokenizer, Func<GenerationBatch> begin, IReadOnlyList<int>? stopTokens = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (_model, _tokenizer, _begin, StopTokens) = (model, tokenizer, begin, stopTokens ?? model.Config.EndTokens);
        _thread = new Thread(Loop) { IsBackground = true, Name = "generation" };
        _thread.Start();
    }

    /// <summary>The model's tokenizer.</summary>
    public ByteLevelTokenizer Tokenizer => _tokenizer;

    /// <summary>The model's architecture.</summary>
    public ModelConfig Config => _model.Config;

    /// <summary>The tokens that end a sequence that names none.</summary>
    public IReadOnlyList<int> StopTokens { get; }

    /// <summary>Requests that run or wait.</summary>
    public int Count => Volatile.Read(ref _count);

    private int _count;

    /// <summary>Generates a sequence.</summary>
    /// <param name="request">The prompt and its options.</param>
    /// <param name="onToken">Told every token, on the worker's thread: it must be quick.</param>
    /// <param name="cancellationToken">Takes the request out of the batch.</param>
    /// <exception cref="Charts.EhrR1Exception">The prompt or an option does not suit the model.</exception>
    public Task<GeneratedSequence> GenerateAsync(SequenceRequest request, Action<GeneratedToken>? onToken = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var pending = new Pending(onToken);
        Post(() =>
        {
            if (cancellationToken.IsCancellationRequested || _stop.IsCancellationRequested)
            {
                End(pending, () => pending.Done.TrySetCanceled(cancellationToken));
                return;
            }

            try
            {
                var number = (_batch ??= _begin()).Add(request);
                _pending[number] = pending;
                pending.Registration = cancellationToken.Register(() => TryPost(() =>
                {
                    // After a failure the numbers begin anew.
                    if (_pending.GetValueOrDefault(number) != pending)
                        return;
                    _batch!.Cancel(number);
                    _pending.Remove(number);
                    End(pending, () => pending.Done.TrySetCanceled(cancellationToken));
                }));
            }
            catch (Exception e)
            {
                End(pending, () => pending.Done.TrySetException(e));
            }
        });
        return pending.Done.Task;
    }

    /// <summary>The log-probability of each of some texts as the continuation of a prompt.</summary>
    /// <param name="prompt">The prompt's tokens.</param>
    /// <param name="answers">The continuations' tokens, each at least one.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    public Task<double[]> ScoreAsync(IReadOnlyList<int> prompt, IReadOnlyList<IReadOnlyList<int>> answers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(answers);
        return AskAsync(() => AnswerLikelihood.Of(_model, prompt, answers), cancellationToken);
    }

    /// <summary>The log-probability of every token of a prompt but the first.</summary>
    /// <param name="prompt">The prompt's tokens, at least one.</param>
    /// <param name="alternatives">How many probable tokens are told at each place.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<PromptPlace>> ReadAsync(IReadOnlyList<int> prompt, int alternatives = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return AskAsync(() => PromptLikelihood.Of(_model, prompt, alternatives, cancellationToken), cancellationToken);
    }

    /// <summary>Ends the thread; requests that run or wait are cancelled.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
        _stop.Dispose();
    }

    private Task<T> AskAsync<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                _stop.Token.ThrowIfCancellationRequested();
                cancellationToken.ThrowIfCancellationRequested();
                done.TrySetResult(ask());
            }
            catch (OperationCanceledException)
            {
                done.TrySetCanceled(cancellationToken);
            }
            catch (Exception e)
            {
                done.TrySetException(e);
            }
            finally
            {
                Interlocked.Decrement(ref _count);
            }
        });
        return done.Task;
    }

    private void Post(Action action)
    {
        Interlocked.Increment(ref _count);
        if (TryPost(action))
            return;
        Interlocked.Decrement(ref _count);
        throw new ObjectDisposedException(nameof(GenerationWorker));
    }

    // Not when the worker is closing: what runs then is cancelled as a whole.
    private bool TryPost(Action action)
    {
        try
        {
            _work.Add(action);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Loop()
    {
        using var mode = inference_mode();
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                if (_batch is null or { IsDone: true })
                {
                    // Nothing to generate: wait for work.
                    if (!_work.TryTake(out var next, Timeout.Infinite, _stop.Token))
                        break;
                    next();
                }

                while (_work.TryTake(out var more))
                    more();
                if (_batch is { IsDone: false })
                    Step(_batch);
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }

        foreach (var pending in _pending.Values)
            End(pending, () => pending.Done.TrySetCanceled());
        // What was posted and not begun sees that the worker is closing, and is cancelled.
        foreach (var left in _work.GetConsumingEnumerable())
            left();
        _batch?.Dispose();
    }

    private void Step(GenerationBatch batch)
    {
        try
        {
            batch.Step(
                token => _pending.GetValueOrDefault(token.Sequence)?.OnToken?.Invoke(token),
                (number, sequence) =>
                {
                    if (_pending.Remove(number, out var pending))
                        End(pending, () => pending.Done.TrySetResult(sequence));
                },
                _stop.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Whatever it is, it must not leave the thread: that would end the process, and with it all that others ask.
            foreach (var pending in _pending.Values)
                End(pending, () => pending.Done.TrySetException(e));
            _pending.Clear();
            batch.Dispose();
            _batch = null;
        }
    }

    private void End(Pending pending, Action end)
    {
        pending.Registration.Unregister();
        Interlocked.Decrement(ref _count);
        end();
    }

    private sealed class Pending(Action<GeneratedToken>? onToken)
    {
        public TaskCompletionSource<GeneratedSequence> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action<GeneratedToken>? OnToken => onToken;

        public CancellationTokenRegistration Registration { get; set; }
    }
}
