using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class SharedWorkTests
{
    private readonly SharedWork<string, double, string> _work = new(most: 2);
    private readonly TaskCompletionSource<string> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;
    private CancellationToken _stop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_TwoWhoWait_ShareOneRun()
    {
        var first = AskAsync("a", Cancellation);
        var second = AskAsync("a", Cancellation);
        _gate.SetResult("done");

        Assert.Equal(["done", "done"], await Task.WhenAll(first, second));
        Assert.Equal("done", await AskAsync("a", Cancellation));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Get_OneOfTwoLeaves_TheWorkGoesOn()
    {
        using var leaving = new CancellationTokenSource();
        var first = AskAsync("a", leaving.Token);
        var second = AskAsync("a", Cancellation);
        await _begun.Task;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(_stop.IsCancellationRequested);
        _gate.SetResult("done");

        Assert.Equal("done", await second);
    }

    [Fact]
    public async Task Get_LastOneLeaves_TheWorkStopsAndBeginsAnewLater()
    {
        using var leaving = new CancellationTokenSource();
        var only = AskAsync("a", leaving.Token);
        await _begun.Task;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);

        Assert.True(_stop.IsCancellationRequested);
        _gate.SetResult("again");
        Assert.Equal("again", await AskAsync("a", Cancellation));
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task Get_ResultThatIsNotWorthKeeping_IsWorkedOutAgain()
    {
        _gate.SetResult("refused");

        await AskAsync("a", Cancellation, keep: _ => false);
        await AskAsync("a", Cancellation, keep: _ => false);

        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task Get_Failure_ReachesTheCallerAndIsNotKept()
    {
        _gate.SetException(new InvalidDataException("broken"));

        await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync("a", Cancellation));
        await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync("a", Cancellation));

        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task Get_MoreKeysThanAreKept_DropsTheOneAskedForLongestAgo()
    {
        _gate.SetResult("done");
        await AskAsync("a", Cancellation);
        await AskAsync("b", Cancellation);
        await AskAsync("a", Cancellation);

        await AskAsync("c", Cancellation);
        await AskAsync("a", Cancellation);
        Assert.Equal(3, _runs);
        await AskAsync("b", Cancellation);

        Assert.Equal(4, _runs);
    }

    [Fact]
    public async Task Get_WhoeverWaits_IsToldHowFarItIs()
    {
        var told = new Told();
        _gate.SetResult("done");

        await _work.GetAsync("a", (progress, _) => { progress.Report(0.5); return _gate.Task; }, null, told, Cancellation);

        Assert.Equal([0.5], told.Values);
    }

    private Task<string> AskAsync(string key, CancellationToken cancellationToken, Func<string, bool>? keep = null) => _work.GetAsync(
        key,
        (_, stop) =>
        {
            Interlocked.Increment(ref _runs);
            _stop = stop;
            _begun.TrySetResult();
            return _gate.Task.WaitAsync(stop);
        },
        keep, null, cancellationToken);

    private sealed class Told : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
