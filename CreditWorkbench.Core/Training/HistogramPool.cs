namespace CreditWorkbench.Core.Training;

/// <summary>Histograms of one size, lent and given back; safe for several threads.</summary>
internal sealed class HistogramPool<TSum>(int bins) where TSum : unmanaged, ISplitSum<TSum>
{
    private readonly Stack<TSum[]> _free = new();

    /// <summary>A histogram of zeros.</summary>
    public TSum[] Rent()
    {
        lock (_free)
        {
            if (!_free.TryPop(out var histogram)) return new TSum[bins];
            Array.Clear(histogram);
            return histogram;
        }
    }

    /// <summary>Takes a histogram back.</summary>
    public void Return(TSum[] histogram)
    {
        lock (_free) _free.Push(histogram);
    }
}
