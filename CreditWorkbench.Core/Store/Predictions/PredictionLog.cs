using System.Buffers;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>The append-only log that every stateless prediction is in before it is answered. What is kept lies in the operating system's file, so
/// it survives the death of this process; it is on the disk a few hundredths of a second later, or before the answer where the setting says so.
/// Then whoever finds nobody writing writes at once, and whoever comes meanwhile joins the next write.</summary>
internal sealed class PredictionLog : IPredictionLog, IDisposable
{
    private const long LargestSegment = 64 << 20;
    private static readonly TimeSpan SyncAfter = TimeSpan.FromMilliseconds(25);
    private static readonly Problem Unavailable = new("predictions.unavailable", "The prediction could not be recorded, so it is not answered.") { Remedy = "Try again; an operator has to look at the disk when it goes on." };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? frameOfThread;

    private readonly Lock _gate = new();
    private readonly KeyRing _ring;
    private readonly ILogger<PredictionLog> _log;
    private readonly Func<PredictionSegment> _open;
    private readonly PredictionDurability _durability;
    private readonly AutoResetEvent _dirty = new(false);
    private readonly List<PredictionSegment> _full = [];
    private Batch _pending = new();
    private Batch? _spare;
    private PredictionSegment? _current;
    private bool _writing;
    private bool _isAwake;
    private long _total;
    private bool _ended;
    private Thread? _syncer;

    public PredictionLog(StoreOptions options, KeyRing ring, ILogger<PredictionLog> log, Func<PredictionSegment>? open = null)
    {
        (_ring, _log, _durability, Folder) = (ring, log, options.Predictions, Path.Combine(options.DataDirectory, "predictions"));
        _open = open ?? (() => PredictionSegment.Create(Folder));
    }

    /// <summary>Where segments lie.</summary>
    public string Folder { get; }

    /// <summary>Bytes written since the start.</summary>
    public long WrittenBytes => Interlocked.Read(ref _total);

    /// <summary>Bytes that are not in the store yet.</summary>
    public long Backlog => Segments().Sum(segment => segment.Written - Math.Max(0, segment.Moved));

    public ValueTask<Problem?> KeepAsync(Prediction prediction)
    {
        if (_durability == PredictionDurability.Off) return new((Problem?)null);
        var frame = frameOfThread ??= new(1 << 12);
        frame.ResetWrittenCount();
        PredictionFrame.Write(frame, prediction, PredictionFrame.Seal(prediction, _ring));
        return KeepAsync(frame.WrittenSpan);
    }

    public ValueTask<Problem?> KeepAsync(IReadOnlyList<Prediction> predictions)
    {
        if (_durability == PredictionDurability.Off || predictions.Count == 0) return new((Problem?)null);
        var frames = new ArrayBufferWriter<byte>(1 << 14);
        foreach (var prediction in predictions) PredictionFrame.Write(frames, prediction, PredictionFrame.Seal(prediction, _ring));
        return KeepAsync(frames.WrittenSpan);
    }

    /// <summary>Segments that the mover empties: full ones first, then the one that is being written.</summary>
    public IReadOnlyList<PredictionSegment> Segments()
    {
        lock (_gate) return [.. _full, .. _current is { } current ? [current] : Array.Empty<PredictionSegment>()];
    }

    /// <summary>Forgets a segment that was emptied.</summary>
    public void Forget(PredictionSegment segment)
    {
        lock (_gate) _full.Remove(segment);
    }

    /// <summary>Writes no more into the current segment, so that it can be emptied and removed.</summary>
    public void Rotate()
    {
        lock (_gate)
        {
            if (!_writing) CloseCurrent();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var segment in _full) segment.Dispose();
            _current?.Dispose();
            (_current, _syncer) = (null, null);
        }

        _dirty.Set();
    }

    // Copying into the file takes less than waiting for somebody who copies; only a sync is worth sharing.
    private ValueTask<Problem?> KeepAsync(ReadOnlySpan<byte> frames)
    {
        Batch mine;
        lock (_gate)
        {
            if (_durability == PredictionDurability.Deferred) return new(Write(frames));
            mine = _pending;
            mine.Frames.Write(frames);
            if (_writing) return new(mine.Joined());
            _writing = true;
        }

        return new(WriteUntilIdle(mine));
    }

    // The writer of a batch also writes what came in meanwhile; nobody else touches the file until it finds nothing left.
    private Problem? WriteUntilIdle(Batch mine)
    {
        Problem? own = null;
        while (true)
        {
            Batch batch;
            lock (_gate)
            {
                if (_pending.Frames.WrittenCount == 0)
                {
                    _writing = false;
                    return own;
                }

                (batch, _pending, _spare) = (_pending, _spare ?? new Batch(), null);
            }

            Problem? problem = Unavailable;
            var ended = false;
            try
            {
                problem = Write(batch.Frames.WrittenSpan);
                ended = true;
            }
            finally
            {
                // Whatever happened, those who joined hear of it, and the next one may write.
                batch.Done(problem);
                lock (_gate) (_spare, _writing) = (_spare ?? batch, ended);
            }

            if (ReferenceEquals(batch, mine)) own = problem;
        }
    }

    private Problem? Write(ReadOnlySpan<byte> frames)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            var segment = _current ??= Open();
            segment.Append(frames);
            Interlocked.Add(ref _total, frames.Length);
            if (_durability == PredictionDurability.Sync) RandomAccess.FlushToDisk(segment.File);
            else Wake();
            if (segment.Written >= LargestSegment || segment.Closed) CloseCurrent();
            return null;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _log.LogError(broken, "Predictions cannot be recorded.");
            ServingMetrics.Failed(Unavailable.Code);
            if (_current is { Closed: true }) CloseCurrent();
            return Unavailable;
        }
    }

    private PredictionSegment Open()
    {
        var segment = _open();
        if (_durability == PredictionDurability.Deferred && _syncer is null)
        {
            _syncer = new Thread(SyncWhileOpen) { IsBackground = true, Name = "prediction sync" };
            _syncer.Start();
        }

        return segment;
    }

    private void CloseCurrent()
    {
        if (_current is not { } segment) return;
        segment.Close();
        lock (_gate)
        {
            _full.Add(segment);
            _current = null;
        }

        _dirty.Set();
    }

    // Once is enough until the syncer has looked: waking somebody costs more than the rest of a record.
    private void Wake()
    {
        if (Volatile.Read(ref _isAwake)) return;
        Volatile.Write(ref _isAwake, true);
        _dirty.Set();
    }

    // A thread of its own: a sync may take as long as the disk likes, and must not hold up those who answer.
    private void SyncWhileOpen()
    {
        while (!_ended)
        {
            _dirty.WaitOne();
            Thread.Sleep(SyncAfter);
            Volatile.Write(ref _isAwake, false);
            foreach (var segment in Segments()) Sync(segment);
        }
    }

    private void Sync(PredictionSegment segment)
    {
        var written = segment.Written;
        if (segment.Synced == written) return;
        try
        {
            RandomAccess.FlushToDisk(segment.File);
            segment.Synced = written;
        }
        catch (ObjectDisposedException)
        {
            // Emptied and removed meanwhile: what it held is in the store.
        }
        catch (IOException broken)
        {
            _log.LogError(broken, "{Segment} could not be synced to the disk.", segment.FilePath);
            _dirty.Set();
        }
    }

    private sealed class Batch
    {
        private TaskCompletionSource<Problem?>? _joined;

        public ArrayBufferWriter<byte> Frames { get; } = new(1 << 14);

        public Task<Problem?> Joined() => (_joined ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Done(Problem? problem)
        {
            Frames.ResetWrittenCount();
            var waiting = _joined;
            _joined = null;
            waiting?.SetResult(problem);
        }
    }
}
