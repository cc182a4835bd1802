namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>A clock on which half a step passes whenever somebody looks at it; a timer falls due by what was looked at.</summary>
/// <param name="step">Seconds per two looks.</param>
internal sealed class SteppingClock(double step) : TimeProvider
{
    private readonly List<DueTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        _ticks += (long)(step / 2 * TimeSpan.TicksPerSecond);
        foreach (var timer in _timers.ToArray()) timer.Look(_ticks);
        return _ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new DueTimer(callback, state, _ticks + dueTime.Ticks);
        _timers.Add(timer);
        return timer;
    }

    private sealed class DueTimer(TimerCallback callback, object? state, long due) : ITimer
    {
        private bool _done;

        public void Look(long now)
        {
            if (_done || now < due) return;
            _done = true;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _done = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
