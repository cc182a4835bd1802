using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Refusals of the registry.</summary>
public static class RegistryProblems
{
    /// <summary>Somebody asked already.</summary>
    public static Problem ApprovalOpen { get; } = new("model.approval.open", "An approval of this version is asked for already.") { Remedy = "Wait for the decision, or withdraw the request." };
}
