namespace CreditWorkbench.Web.Components.Controls;

/// <summary>What a reader has done to a table; belongs into the address.</summary>
/// <param name="Search">Words that every shown row contains; empty for all.</param>
/// <param name="Sort">Key of the column that orders the rows; null for the given order.</param>
/// <param name="Descending">Largest first.</param>
/// <param name="Page">Page, from 1.</param>
public sealed record TableState(string Search = "", string? Sort = null, bool Descending = false, int Page = 1);
