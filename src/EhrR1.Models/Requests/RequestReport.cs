using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>How a stream of requests ended: complete, or with exactly this missing.</summary>
/// <param name="Done">Requests that were answered.</param>
/// <param name="Failed">Requests that failed for good.</param>
/// <param name="NotAsked">Requests that were not asked any more.</param>
/// <param name="Failures">The first hundred of those that failed.</param>
/// <param name="Stopped">Why the rest was not asked; <see langword="null"/> if all were asked.</param>
public sealed record RequestReport(long Done, long Failed, long NotAsked, IReadOnlyList<RequestFailure> Failures, EhrR1Exception? Stopped)
{
    /// <summary>Requests without an answer.</summary>
    public long Missing => Failed + NotAsked;

    /// <summary>Whether every request was answered.</summary>
    public bool IsComplete => Missing == 0 && Stopped is null;

    /// <summary>Throws if the stream was stopped, saying what is missing.</summary>
    /// <exception cref="EhrR1Exception">It was stopped.</exception>
    public void ThrowIfStopped()
    {
        if (Stopped is null)
            return;
        var missing = $"{Missing} of {Done + Missing} requests are missing: {NotAsked} not asked, {Failed} failed";
        throw new EhrR1Exception($"{Stopped.What}; {missing}", Stopped.Where, Stopped.WhatToDo, Stopped);
    }
}
