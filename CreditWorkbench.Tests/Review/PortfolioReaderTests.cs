using CreditWorkbench.Core.Review;
using Xunit;

namespace CreditWorkbench.Tests.Review;

public sealed class PortfolioReaderTests
{
    [Fact]
    public void MonthStarts_InJakartaJustAfterMidnight_BeginWithTheLocalMonth()
    {
        var jakarta = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");

        var starts = PortfolioReader.MonthStarts(new DateTimeOffset(2026, 11, 30, 17, 30, 0, TimeSpan.Zero), jakarta);

        Assert.Equal(12, starts.Count);
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 17, 0, 0, TimeSpan.Zero), starts[0]);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 17, 0, 0, TimeSpan.Zero), starts[^1]);
    }
}
