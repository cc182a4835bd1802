using System.Data.Common;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Tells a store that does not answer from a fault of the program. A loop that runs as long as the host logs the one and goes on, and lets the other through.</summary>
public static class StoreFaults
{
    /// <summary>Whether the store could not be reached, refused, or took too long. Mappers wrap what the database says once: in a failed
    /// update, or, where another try may help, in an <see cref="InvalidOperationException"/>.</summary>
    public static bool AreIn(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error is DbException or TimeoutException || error.InnerException is DbException or TimeoutException;
    }
}
