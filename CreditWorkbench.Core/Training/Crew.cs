using System.Runtime.ExceptionServices;

namespace CreditWorkbench.Core.Training;

/// <summary>The threads of one training run. They stay awake between the short pieces of work that a tree consists of, which the
/// thread pool would take longer to hand out than to do.</summary>
/// <remarks>Belongs to one calling thread, which works as the crew's first. What a part throws reaches the caller; the crew is of no
/// use after that.</remarks>
internal sealed class Crew : IDisposable
{
    /// <summary>A thread looks for work that often before it sleeps: some tens of microseconds.</summary>
    private const int Looks = 1_000;

    private readonly object _gate = new();
    private readonly Task[] _others;
    private Action<int> _part = static _ => { };
    private volatile int _round;
    private volatile bool _failed;
    private volatile bool _dismissed;
    private int _pending;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">Threads, the caller included; at least 1.</param>
    public Crew(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _others = new Task[count - 1];
        for (var i = 0; i < _others.Length; i++)
        {
            var member = i + 1;
            _others[i] = Task.Factory.StartNew(() => Serve(member), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Number of threads.</summary>
    public int Count => _others.Length + 1;

    /// <summary>Does parts 0 to <see cref="Count"/> - 1, one on each thread, and returns when all are done.</summary>
    public void Together(Action<int> part)
    {
        if (_others.Length == 0)
        {
            part(0);
            return;
        }

        _part = part;
        Volatile.Write(ref _pending, _others.Length);
        CallOut();
        try
        {
            part(0);
        }
        finally
        {
            var spin = default(SpinWait);
            while (Volatile.Read(ref _pending) > 0) spin.SpinOnce(sleep1Threshold: -1);
        }

        if (_failed) ThrowFailure();
    }

    /// <summary>Does pieces 0 to count - 1, each on whichever thread is free; pieces write slots of their own.</summary>
    public void Over(int count, Action<int> piece)
    {
        if (_others.Length == 0 || count <= 1)
        {
            for (var i = 0; i < count; i++) piece(i);
            return;
        }

        var next = -1;
        Together(_ =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next)) piece(i);
        });
    }

    /// <summary>Sends the threads home.</summary>
    public void Dispose()
    {
        _dismissed = true;
        CallOut();
    }

    private void CallOut()
    {
        lock (_gate)
        {
            _round++;
            Monitor.PulseAll(_gate);
        }
    }

    private void Serve(int member)
    {
        for (var seen = 0; AwaitRound(seen); seen++)
        {
            var done = false;
            try
            {
                _part(member);
                done = true;
            }
            finally
            {
                if (!done) _failed = true;
                Interlocked.Decrement(ref _pending);
            }
        }
    }

    /// <summary>Returns once the round after one has been called, and whether there is work in it.</summary>
    private bool AwaitRound(int seen)
    {
        for (var look = 0; look < Looks && _round == seen; look++) Thread.SpinWait(1);
        if (_round == seen)
        {
            lock (_gate)
            {
                while (_round == seen) Monitor.Wait(_gate);
            }
        }

        return !_dismissed;
    }

    private void ThrowFailure()
    {
        var spin = default(SpinWait);
        while (true)
        {
            // A failed thread's task ends shortly after its part did.
            foreach (var other in _others)
            {
                if (other.Exception is { } failure) ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
            }

            spin.SpinOnce();
        }
    }
}
