using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Refusals that several rooms give about an application.</summary>
public static class ApplicationProblems
{
    /// <summary>A decided application is history.</summary>
    public static Problem Decided() =>
        new("application.decided", "This case was decided and cannot be changed or scored again.") { Remedy = "Start a linked application." };
}
