namespace CreditWorkbench.Web.Commands;

/// <summary>Progress that is told at once, by whoever reports it: <see cref="Progress{T}"/> would speak up after the end.</summary>
internal sealed class DirectProgress<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
