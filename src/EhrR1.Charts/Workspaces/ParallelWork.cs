using System.Runtime.ExceptionServices;

namespace EhrR1.Charts;

/// <summary>Runs independent pieces of work on several threads.</summary>
public static class ParallelWork
{
    /// <summary>Runs a piece of work for each number from 0 to <paramref name="count"/> less one.</summary>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <param name="work">The work; its results must not depend on the order in which pieces run.</param>
    /// <param name="cancellationToken">Stops before the next piece.</param>
    /// <exception cref="EhrR1Exception">The first error of a piece that is the user's, as it was thrown; else the first of any kind.</exception>
    public static void For(int count, int threads, Action<int> work, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellationToken }, work);
        }
        catch (AggregateException e)
        {
            var errors = e.Flatten().InnerExceptions;
            ExceptionDispatchInfo.Throw(errors.FirstOrDefault(x => x is EhrR1Exception) ?? errors[0]);
            throw;
        }
    }
}
