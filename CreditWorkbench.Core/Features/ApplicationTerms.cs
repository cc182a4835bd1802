namespace CreditWorkbench.Core.Features;

/// <summary>What an application asks for, where no input says it: the names <c>amount</c> and <c>term_months</c> of policy and costs.</summary>
/// <param name="Amount">Amount in major units; null for the dictionary's default amount.</param>
/// <param name="TermMonths">Term in months; null when not stated.</param>
public readonly record struct ApplicationTerms(double? Amount, double? TermMonths);

/// <summary>The change that an action makes, for expressions over <c>change</c>, <c>new</c>, <c>old</c> and <c>months</c>.</summary>
/// <param name="Old">Value before.</param>
/// <param name="New">Value after.</param>
/// <param name="Months">Months until the change is visible.</param>
public readonly record struct ActionChange(double Old, double New, double Months)
{
    /// <summary>|new - old|.</summary>
    public double Change => Math.Abs(New - Old);
}
