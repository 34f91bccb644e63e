namespace EhrR1.Models;

/// <summary>Counts answers and tells progress, not too often.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class RequestPace(TimeProvider time, long? total, Ledger? ledger, IProgress<RequestProgress>? progress, TimeSpan every)
{
    private readonly Lock _counting = new();
    private readonly long _started = time.GetTimestamp();
    private long _told = time.GetTimestamp();
    private TokenUsage _used;
    private long _done;
    private long _failed;

    public void Done(TokenUsage usage)
    {
        lock (_counting)
        {
            _done++;
            _used += usage;
            if (time.GetElapsedTime(_told) >= every)
                Tell();
        }
    }

    public void Fail()
    {
        lock (_counting)
            _failed++;
    }

    /// <summary>Tells the last state.</summary>
    /// <returns>How many were answered.</returns>
    public long Finish()
    {
        lock (_counting)
        {
            Tell();
            return _done;
        }
    }

    private void Tell()
    {
        _told = time.GetTimestamp();
        if (progress is null)
            return;
        var seconds = time.GetElapsedTime(_started, _told).TotalSeconds;
        var left = total - _done - _failed;
        progress.Report(new RequestProgress(
            _done, _failed, total,
            seconds > 0 ? (_used.Prompt + _used.Completion) / seconds : 0,
            ledger?.Cost ?? 0,
            _done > 0 && left is { } rest ? TimeSpan.FromSeconds(seconds / _done * rest) : null));
    }
}
