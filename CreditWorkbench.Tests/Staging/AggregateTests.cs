using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>Aggregates on hand-made bookings before 2024-06-30, whose values can be worked out on paper.</summary>
public sealed class AggregateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Windows_RowsAtTheirBorders_BelongToTheOlderSideOnly()
    {
        // 90 days before 2024-06-30 is 2024-04-01: inside the 3 months. The as-of instant itself is outside.
        var one = await OfAsync("1,7,2024-04-01 00:00:00,100,food,card\n2,7,2024-03-31 23:59:59,10,food,card\n3,7,2024-06-30 00:00:00,1000,food,card\n4,7,2024-06-29 23:59:59,1,food,card\n");

        Assert.Equal(2, one("n_3m"));
        Assert.Equal(101, one("sum_3m"));
        Assert.Equal(3, one("n_6m"));
        Assert.Equal(111, one("sum_12m"));
    }

    [Fact]
    public async Task Aggregates_NothingInTheWindow_AreMissingOrWhatTheDictionarySays()
    {
        var one = await OfAsync("");

        Assert.True(double.IsNaN(one("n_3m")));
        Assert.True(double.IsNaN(one("sum_3m")));
        Assert.True(double.IsNaN(one("longest_dry_spell_12m")));
        Assert.Equal(0, one("open_accounts"));
        Assert.Equal(0, one("limit_sum"));
        Assert.Equal(0, one("past_due_share"));
        Assert.Equal(0, one("utilisation"));
    }

    [Fact]
    public async Task DebitCount_BookingsButNoneGoesOut_IsZero()
    {
        var one = await OfAsync("1,7,2024-06-01 10:00:00,50,salary,transfer\n");

        Assert.Equal(0, one("debit_n_3m"));
        Assert.Equal(1, one("n_3m"));
    }

    [Fact]
    public async Task Gaps_FourBookings_GiveSampleMomentsOfTheirDistances()
    {
        // Days 1, 3, 6, 12 of June: gaps 2, 3, 6; mean 11/3, sample variance 13/3.
        var one = await OfAsync("1,7,2024-06-01 00:00:00,5,food,card\n2,7,2024-06-03 00:00:00,5,food,card\n3,7,2024-06-06 00:00:00,5,food,card\n4,7,2024-06-12 00:00:00,5,food,card\n");

        Assert.Equal(11.0 / 3, one("gap_mean_3m"), 12);
        Assert.Equal(Math.Sqrt(13.0 / 3), one("gap_std_3m"), 12);
        Assert.Equal(Math.Sqrt(13.0 / 3) / (11.0 / 3), one("cv_3m"), 12);
        Assert.Equal(1 / (1 + Math.Sqrt(13.0 / 3) / (11.0 / 3)), one("regularity_in_12m"), 12);
    }

    [Fact]
    public async Task Spread_OneBooking_IsMissing()
    {
        var one = await OfAsync("1,7,2024-06-01 00:00:00,5,food,card\n");

        Assert.True(double.IsNaN(one("std_3m")));
        Assert.True(double.IsNaN(one("gap_mean_3m")));
        Assert.Equal(5, one("mean_3m"));
    }

    [Fact]
    public async Task Active_TwoBucketsOfThree_IsTwoThirds()
    {
        var one = await OfAsync("1,7,2024-06-20 00:00:00,5,food,card\n2,7,2024-06-10 00:00:00,5,food,card\n3,7,2024-04-20 00:00:00,5,food,card\n");

        Assert.Equal(2.0 / 3, one("active_3m"), 12);
    }

    [Fact]
    public async Task Trend_RisingMonthlyTotals_IsTheirSlope()
    {
        // Bucket totals 0 ... 0, 120, 240 over twelve buckets; least squares by the normal equations: slope 1800/143.
        var one = await OfAsync("1,7,2024-06-20 00:00:00,240,salary,transfer\n2,7,2024-05-20 00:00:00,120,salary,transfer\n");

        Assert.Equal((5.5 * 240 + 4.5 * 120) / 143.0 / 2000, one("flow_trend_12m"), 12);
    }

    [Fact]
    public async Task LongestGap_MoneyInTwice_CountsWindowStartAndAsOf()
    {
        // Window of 360 days starts on 2023-07-06; money on 2024-03-01 (239 days later) and on 2024-06-20.
        var one = await OfAsync("1,7,2024-03-01 00:00:00,10,salary,transfer\n2,7,2024-06-20 00:00:00,10,salary,transfer\n");

        Assert.Equal(239, one("longest_dry_spell_12m"), 9);
        Assert.Equal(10.0 / 30, one("months_since_credit"), 12);
    }

    [Fact]
    public async Task Share_CashAmongOutgoing_LeavesIncomingOut()
    {
        var one = await OfAsync("1,7,2024-06-01 00:00:00,-5,cash,cash\n2,7,2024-06-02 00:00:00,-5,food,card\n3,7,2024-06-03 00:00:00,99,cash,cash\n");

        Assert.Equal(0.5, one("cash_share_6m"));
    }

    [Fact]
    public async Task Reports_SeveralOfOneAccount_CountTheLastBeforeTheAsOfDate()
    {
        const string header = "account_id,customer_id,opened,credit_limit,balance,monthly_payment,days_past_due,status,reported\n";
        LoanRiskFiles.Write(_folder.Path, accounts: header
            + "1,7,2022-01-01,1000,100,10,0,open,2024-04-30\n1,7,2022-01-01,1000,300,10,40,open,2024-05-31\n1,7,2022-01-01,1000,900,10,99,open,2024-07-31\n2,7,2022-02-01,500,50,10,0,open,2024-05-31\n");

        var one = await LoanRiskFiles.OneAsync(_folder.Path);

        Assert.Equal(2, one("open_accounts"));
        Assert.Equal(350, one("balance_sum"));
        Assert.Equal(40, one("max_dpd"));
    }

    [Fact]
    public async Task Features_OverAggregates_AreWorkedOutFromThem()
    {
        LoanRiskFiles.Write(_folder.Path, accounts: LoanRiskFiles.Accounts + "1,7,2022-01-01,1000,250,100,0,open\n2,7,2022-01-01,1000,999,50,0,closed\n");

        var one = await LoanRiskFiles.OneAsync(_folder.Path);

        Assert.Equal((100 + 12000 / 12.0) / 2000, one("dti"), 12);
        Assert.Equal(0.25, one("utilisation"), 12);
        Assert.Equal((new DateOnly(2024, 6, 30).DayNumber - new DateOnly(2022, 1, 1).DayNumber) / 30.4375, one("oldest_account_months"), 9);
    }

    private Task<Func<string, double>> OfAsync(string bookings)
    {
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + bookings);
        return LoanRiskFiles.OneAsync(_folder.Path);
    }
}
