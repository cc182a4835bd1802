using System.Runtime.ExceptionServices;

namespace CreditWorkbench.Core.Training;

/// <summary>Runs independent pieces of work on up to so many threads; each piece writes its own slots, so the result does not
/// depend on their number.</summary>
internal static class Work
{
    /// <summary>Does pieces 0 to count - 1, in order on one thread.</summary>
    public static void Over(int count, int threads, Action<int> piece, CancellationToken cancellation)
    {
        if (threads <= 1 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                piece(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, piece);
        }
        catch (AggregateException failures)
        {
            // Callers see the exception that one thread would have thrown.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
