namespace CreditWorkbench.Web.Components.Controls;

/// <summary>What an input inside a <see cref="Field"/> puts on itself, so that label, help and error belong to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DescribedBy">Ids of hint and error; null without either.</param>
/// <param name="Invalid"><c>true</c> when there is an error, else null.</param>
public sealed record FieldContext(string Id, string? DescribedBy, string? Invalid);
