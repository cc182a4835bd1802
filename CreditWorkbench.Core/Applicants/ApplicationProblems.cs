using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Refusals that several rooms give about an application.</summary>
public static class ApplicationProblems
{
    /// <summary>Nothing is written about a person whose data was erased.</summary>
    public static Problem Erased { get; } = new("applicant.erased", "This applicant's data was erased.") { Remedy = "Register the person again." };

    /// <summary>A decided or withdrawn application is history.</summary>
    /// <param name="application">The application, whose day of decision is then named; null where it is not at hand.</param>
    public static Problem Decided(CreditApplication? application = null)
    {
        if (application is { State: ApplicationState.Withdrawn })
            return new("application.withdrawn", "The applicant withdrew this application.") { Remedy = "Start a linked application." };
        var on = application?.DecidedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" on {at.UtcDateTime:d MMM yyyy}") : "";
        return new("application.decided", $"This case was decided{on} and cannot be scored again.") { Remedy = "Start a linked application." };
    }
}
