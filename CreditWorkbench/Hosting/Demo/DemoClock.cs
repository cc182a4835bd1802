namespace CreditWorkbench.Web.Hosting.Demo;

/// <summary>The clock by which demo cases are taken in: it stands some days in the past and goes on from there, or shows the present.</summary>
/// <param name="now">The present.</param>
internal sealed class DemoClock(TimeProvider now) : TimeProvider
{
    private TimeSpan _back;

    /// <summary>Puts the clock back by a number of days; 0 for the present.</summary>
    public void PutBack(int days) => _back = TimeSpan.FromDays(days);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _back = _back > time ? _back - time : TimeSpan.Zero;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now.GetUtcNow() - _back;
}
