namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Passes shares on whenever another hundredth is done: a page does not follow faster.</summary>
/// <param name="show">Shows a share; called from any thread.</param>
internal sealed class ShareTold(Action<double> show) : IProgress<double>
{
    private int _last = -1;

    /// <inheritdoc/>
    public void Report(double value)
    {
        var whole = (int)(value * 100);
        if (Interlocked.Exchange(ref _last, whole) != whole) show(value);
    }
}
