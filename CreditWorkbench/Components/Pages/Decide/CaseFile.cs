using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>What the tabs of a case are given.</summary>
/// <param name="View">Everything about the application.</param>
/// <param name="Reader">Who looks at it.</param>
/// <param name="ReloadAsync">Reads it again after a change.</param>
public sealed record CaseFile(CaseView View, Actor Reader, Func<Task> ReloadAsync);
