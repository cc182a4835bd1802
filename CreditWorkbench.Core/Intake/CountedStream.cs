namespace CreditWorkbench.Core.Intake;

/// <summary>Counts the packed bytes that an unpacking stream takes.</summary>
internal sealed class CountedStream(Stream inner) : ForwardStream(inner)
{
    public long Taken { get; private set; }

    protected override int Seen(int read)
    {
        Taken += read;
        return read;
    }
}
