using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Takes an application in through the pages, as an officer does.</summary>
internal static class Intake
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["utility_payment_months"] = "14",
        ["utility_payment_consistency"] = "0.62",
        ["monthly_transaction_count"] = "22",
        ["transaction_regularity_score"] = "0.55",
        ["spending_volatility"] = "0.61",
        ["avg_month_end_balance"] = "1,850,000",
        ["savings_growth_rate"] = "0.02",
        ["withdrawal_discipline_score"] = "0.5",
        ["income_stability_months"] = "9",
        ["account_tenure_months"] = "31",
        ["address_stability_years"] = "2.5",
        ["age_years"] = "31",
    };

    /// <summary>Values of every input of the form, by its name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> AllValues => Values.Append(new("income_regularity_score", "0.78"));

    /// <summary>A statement of the seven months before a day, the first of which may be cut off, written as the dictionary's words expect: an income, a rent, groceries and a saving each month.</summary>
    public static string Statement(DateTimeOffset now)
    {
        var first = new DateOnly(now.Year, now.Month, 1).AddMonths(-7);
        var lines = new StringBuilder("date,amount,description,balance\n");
        var balance = 2_000_000;
        for (var month = first; month < first.AddMonths(7); month = month.AddMonths(1))
            foreach (var (day, amount, text) in new[] { (1, 6_500_000, "salary"), (5, -1_800_000, "rent"), (12, -350_000, "electricity bill"), (20, -900_000, "groceries"), (25, -500_000, "transfer to savings") })
                lines.Append(CultureInfo.InvariantCulture, $"{month.AddDays(day - 1):yyyy-MM-dd},{amount},{text},{balance += amount}\n");
        return lines.ToString();
    }

    /// <summary>Registers the applicant and goes on to consent.</summary>
    public static async Task RegisterAsync(IPage page, string name)
    {
        await page.FillAsync("#name", name);
        await page.FillAsync("#email", $"{Guid.NewGuid():N}@example.com");
        await page.ClickAsync("button:has-text('Register and go on')");
        await page.ReachesAsync("**step=consent**");
        await page.Locator(".consent-table").WaitForAsync();
    }

    /// <summary>Ticks scoring for every source, signs, and goes on to the data.</summary>
    public static async Task ConsentAsync(IPage page)
    {
        foreach (var box in await page.Locator(".consent-table tbody td:nth-child(2) input").AllAsync()) await box.CheckAsync();
        await page.Locator(".check-line input").CheckAsync();
        await page.ClickAsync("button:has-text('Record consent')");
        await page.ReachesAsync("**step=data**");
    }

    /// <summary>Fills the form but for the regularity of income.</summary>
    public static async Task FillAsync(IPage page)
    {
        await page.FillAsync("#amount", "Rp 60.000.000");
        await page.FillAsync("#term", "24");
        foreach (var (input, value) in Values) await page.FillAsync("#" + input, value);
    }
}
