using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Web.Components.Pages.Decide.Statements;

/// <summary>What is asked about a statement beside the file.</summary>
/// <param name="AsOf">Nothing dated on or after this day is used.</param>
public sealed record StatementFacts(DateOnly AsOf)
{
    /// <summary>Account holder, to find transfers between own accounts; empty when not stated.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Day on which the account was opened; null when not stated.</summary>
    public DateOnly? OpenedOn { get; init; }

    /// <summary>Balance before the first booking; null when not stated.</summary>
    public double? OpeningBalance { get; init; }

    /// <summary>As the reader takes it; the balance in the scorecard's currency.</summary>
    public StatementUpload Upload(double rate) => new(AsOf)
    {
        HolderName = string.IsNullOrWhiteSpace(Holder) ? null : Holder.Trim(),
        OpenedOn = OpenedOn,
        OpeningBalance = OpeningBalance * rate,
    };
}
