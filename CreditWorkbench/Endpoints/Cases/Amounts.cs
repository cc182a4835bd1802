using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>Amounts of bodies as money of a scorecard.</summary>
internal static class Amounts
{
    // Beyond what minor units can count, an amount is no amount of money.
    private const decimal Most = 1_000_000_000_000_000m;

    /// <summary>An amount in major units; null stays null.</summary>
    public static Outcome<Money?> Of(decimal? major, ScorecardDefinition definition) => major switch
    {
        null => (Money?)null,
        > Most or < -Most => new Problem("application.amount", "The amount is too large.") { Field = "amount", Remedy = "Enter the amount asked for." },
        { } amount => Money.FromMajor(amount, definition.Currency),
    };
}
