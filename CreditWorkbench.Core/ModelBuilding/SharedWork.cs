namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Work that several people may wait for: it runs once per key, tells all of them how far it is, and stops when the last one
/// goes away. Results are kept; failures are not.</summary>
/// <param name="most">Results kept at most; the one that nobody has asked for longest goes first.</param>
internal sealed class SharedWork<TKey, TProgress, TResult>(int most)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private long _clock;

    /// <summary>The result of a key, worked out now or before.</summary>
    /// <param name="key">What is wanted.</param>
    /// <param name="work">Works it out; runs on a thread of its own under a token that fires when nobody waits any more.</param>
    /// <param name="keep">Whether a result is worth keeping; null for every one.</param>
    /// <param name="progress">Told how far it is; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting of this caller alone.</param>
    public async Task<TResult> GetAsync(
        TKey key, Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work, Func<TResult, bool>? keep, IProgress<TProgress>? progress, CancellationToken cancellationToken)
    {
        var entry = Join(key, work, progress);
        var kept = false;
        try
        {
            var result = await entry.Task.WaitAsync(cancellationToken);
            kept = keep?.Invoke(result) ?? true;
            return result;
        }
        finally
        {
            Leave(key, entry, progress, kept);
        }
    }

    /// <summary>Drops what was kept under some keys. Whoever waits for one of them still gets it; nobody after them does.</summary>
    public void Forget(Func<TKey, bool> which)
    {
        lock (_gate)
        {
            foreach (var key in _entries.Keys.Where(which).ToList()) _entries.Remove(key);
        }
    }

    private Entry Join(TKey key, Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work, IProgress<TProgress>? progress)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var entry)) _entries[key] = entry = new Entry(work, new CancellationTokenSource(), progress);
            else if (progress is not null) entry.Listen(progress);
            entry.Waiting++;
            entry.AskedAt = ++_clock;
            Trim();
            return entry;
        }
    }

    private void Leave(TKey key, Entry entry, IProgress<TProgress>? progress, bool kept)
    {
        lock (_gate)
        {
            entry.Waiting--;
            if (progress is not null) entry.Forget(progress);
            if (entry.Waiting > 0 || (kept && entry.Task.IsCompletedSuccessfully)) return;
            if (_entries.TryGetValue(key, out var current) && ReferenceEquals(current, entry)) _entries.Remove(key);
            entry.Stop();
        }
    }

    private void Trim()
    {
        while (_entries.Count > most && _entries.Where(pair => pair.Value.Waiting == 0).OrderBy(pair => pair.Value.AskedAt).Select(pair => (TKey?)pair.Key).FirstOrDefault() is { } oldest)
            _entries.Remove(oldest);
    }

    private sealed class Entry : IProgress<TProgress>
    {
        private readonly CancellationTokenSource _stop;
        private readonly Lock _listening = new();
        private readonly List<IProgress<TProgress>> _listeners = [];

        // Whoever asks first listens before the work begins, so that nothing that it tells is missed.
        public Entry(Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work, CancellationTokenSource stop, IProgress<TProgress>? first)
        {
            _stop = stop;
            if (first is not null) _listeners.Add(first);
            Task = System.Threading.Tasks.Task.Run(() => work(this, stop.Token), CancellationToken.None);
        }

        public Task<TResult> Task { get; }

        public int Waiting { get; set; }

        public long AskedAt { get; set; }

        public void Listen(IProgress<TProgress> progress)
        {
            lock (_listening) _listeners.Add(progress);
        }

        public void Forget(IProgress<TProgress> progress)
        {
            lock (_listening) _listeners.Remove(progress);
        }

        public void Stop() => _stop.Cancel();

        public void Report(TProgress value)
        {
            IProgress<TProgress>[] listeners;
            lock (_listening) listeners = [.. _listeners];
            foreach (var listener in listeners) listener.Report(value);
        }
    }
}
