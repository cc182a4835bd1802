using System.Collections.Concurrent;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What was worked out for the same values under the same release: for a day, and never more than so many cases. Nothing that a
/// fallback answered is kept.</summary>
/// <param name="clock">Says how old a case is.</param>
/// <param name="limits">Size and age.</param>
/// <remarks>Two generations: when the younger one has half of the cases, it becomes the older one and the older one is dropped. A case that is
/// found in the older one moves to the younger one.</remarks>
public sealed class PredictionCache(TimeProvider clock, PredictionCacheLimits limits)
{
    private ConcurrentDictionary<(ContentHash Release, ContentHash Input), KeptCase> _young = new();
    private ConcurrentDictionary<(ContentHash Release, ContentHash Input), KeptCase> _old = new();

    /// <summary>Cases that are held.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>The case; null when it is not known, or too old.</summary>
    public KeptCase? Find(ContentHash release, ContentHash input)
    {
        if (limits.Cases == 0) return null;
        var key = (release, input);
        if (!_young.TryGetValue(key, out var kept) && _old.TryGetValue(key, out kept)) Keep(key, kept);
        return kept is not null && clock.GetUtcNow() - kept.At < limits.Age ? kept : null;
    }

    /// <summary>Keeps a case, so that later calls find it.</summary>
    public void Add(ContentHash release, ContentHash input, KeptCase kept)
    {
        if (limits.Cases == 0) return;
        kept.IsKept = true;
        Keep((release, input), kept);
    }

    private void Keep((ContentHash Release, ContentHash Input) key, KeptCase kept)
    {
        _young[key] = kept;
        if (_young.Count <= limits.Cases / 2) return;
        _old = _young;
        _young = new();
    }
}

/// <summary>How much the cache of predictions may hold.</summary>
/// <param name="Cases">Cases at most; 0 keeps none.</param>
/// <param name="Age">Age at most.</param>
public sealed record PredictionCacheLimits(int Cases, TimeSpan Age)
{
    /// <summary>4,096 cases for 24 hours.</summary>
    public static PredictionCacheLimits Default { get; } = new(4096, TimeSpan.FromHours(24));
}

/// <summary>A scored case with what was said of it so far.</summary>
/// <param name="served">Score and policy.</param>
/// <param name="at">When it was scored.</param>
public sealed class KeptCase(ServedCase served, DateTimeOffset at)
{
    private ConcurrentDictionary<(string Form, string Language), byte[]>? _written;
    private ConcurrentDictionary<AttributionMethod, ExplainedCase>? _explained;
    private ExplainedCase? _reasons;

    /// <summary>Score and policy.</summary>
    public ServedCase Served { get; } = served;

    /// <summary>When it was scored.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>Whether later calls may find it; else it is worth nothing to write down for them.</summary>
    public bool IsKept { get; internal set; }

    /// <summary>Its explanation, worked out once where that succeeds.</summary>
    public ExplainedCase Explained(ServingChain chain, AttributionMethod method)
    {
        if (_explained?.TryGetValue(method, out var known) == true) return known;
        var explained = chain.Explain(Served, method, briefly: true);
        if (IsKept && explained.Warnings.Count == 0) Made(ref _explained)[method] = explained;
        return explained;
    }

    /// <summary>Its reasons, worked out once where that succeeds.</summary>
    public ExplainedCase Reasons(ServingChain chain)
    {
        if (_reasons is { } known) return known;
        var reasons = chain.Reasons(Served);
        if (reasons.Warnings.Count == 0) _reasons = reasons;
        return reasons;
    }

    /// <summary>The part of an answer that is the same for every call on these values, written once.</summary>
    /// <param name="form">Which answer.</param>
    /// <param name="language">In which language.</param>
    /// <param name="state">Handed to the writer.</param>
    /// <param name="write">Writes it.</param>
    public byte[] Written<TState>(string form, string language, TState state, Func<TState, byte[]> write) =>
        Made(ref _written).TryGetValue((form, language), out var known) ? known : Made(ref _written)[(form, language)] = write(state);

    // Two calls may make one at once: one of them is kept.
    private static ConcurrentDictionary<TKey, TValue> Made<TKey, TValue>(ref ConcurrentDictionary<TKey, TValue>? made)
        where TKey : notnull => Volatile.Read(ref made) ?? Interlocked.CompareExchange(ref made, new(), null) ?? made!;
}
