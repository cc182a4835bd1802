namespace CreditWorkbench.Web.Components.Controls;

/// <summary>One step of a stepper.</summary>
/// <param name="Title">What is done in it.</param>
/// <param name="Detail">What it holds already; null for nothing to say.</param>
public sealed record StepperStep(string Title, string? Detail = null);
