using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Leakage;

public sealed class IdentityCheckTests
{
    private long _state = 11;

    [Fact]
    public void Numbers_RowNumber_IsAnIdentity() => Assert.NotNull(IdentityCheck.OfNumbers("x1", [.. Enumerable.Range(1, 500).Select(i => (double)i)]));

    [Fact]
    public void Numbers_ShuffledDenseNumbers_AreAnIdentity()
    {
        double[] values = [.. Enumerable.Range(1, 500).OrderBy(_ => Samples.Next(ref _state)).Select(i => 70_000.0 + i)];

        Assert.NotNull(IdentityCheck.OfNumbers("x1", values));
    }

    [Fact]
    public void Numbers_SparseDistinctNumbersNamedId_AreAnIdentityAndAsIncomeTheyAreNot()
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(_ => Math.Floor(1e9 * Samples.Next(ref _state)))];

        Assert.Equal(LeakageKinds.Identifier, IdentityCheck.OfNumbers("CustomerId", values)!.Kind);
        Assert.Null(IdentityCheck.OfNumbers("income", values));
    }

    [Fact]
    public void Numbers_RatiosAndRepeatedWholeNumbers_AreNoIdentity()
    {
        Assert.Null(IdentityCheck.OfNumbers("id", [.. Enumerable.Range(0, 500).Select(_ => Samples.Next(ref _state))]));
        Assert.Null(IdentityCheck.OfNumbers("months", [.. Enumerable.Range(0, 500).Select(i => (double)(i % 60))]));
    }

    [Fact]
    public void Categories_OneRowEach_AreAnIdentityAndTenValuesAreNot()
    {
        Assert.NotNull(IdentityCheck.OfCategories("name", [.. Enumerable.Range(0, 300).Select(i => (double)i)]));
        Assert.Null(IdentityCheck.OfCategories("job", [.. Enumerable.Range(0, 300).Select(i => (double)(i % 10))]));
    }

    [Fact]
    public void Dates_AfterTheDecision_AreFoundAndEarlierOnesAreNot()
    {
        double[] decided = [.. Enumerable.Repeat(738_000.0, 200)];

        var after = IdentityCheck.OfDates("last_payment", [.. decided.Select((day, i) => i % 10 == 0 ? day + 90 : day - 5)], decided);

        Assert.Equal("20 of 200 dates lie after the day of the row.", after!.Evidence);
        Assert.Null(IdentityCheck.OfDates("opened", [.. decided.Select(day => day - 30)], decided));
    }

    // 500 numbers below 10,000 would repeat twelve times on average; amounts do.
    [Fact]
    public void Numbers_ThatNeverRepeatWhereChanceWould_AreAnIdentityWhateverTheyAreCalled()
    {
        double[] drawn = [.. Enumerable.Range(0, 10_000).OrderBy(_ => Samples.Next(ref _state)).Take(500).Select(i => (double)i)];
        double[] amounts = [.. Enumerable.Range(0, 500).Select(_ => Math.Floor(10_000 * Samples.Next(ref _state)))];

        Assert.NotNull(IdentityCheck.OfNumbers("c1", drawn));
        Assert.Null(IdentityCheck.OfNumbers("c1", amounts));
    }
}
