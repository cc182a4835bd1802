using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Why a training run is not begun, changed or registered.</summary>
internal static class LabProblems
{
    public static Problem Unknown(Guid id) => new("lab.run.unknown", $"There is no training run {id}.") { Remedy = "Choose one from the list." };

    public static Problem UnknownFamily(string family) => new("lab.candidate.unknown", $"The run has no candidate {family}.") { Field = family, Remedy = "Choose one of its leader board." };

    public static Problem Title(int longest) => new("lab.title", $"A run has a name of 1 to {longest} characters.") { Field = "title", Remedy = "Give the run a short name." };

    public static Problem Whole(string field, int low, int high) =>
        new("lab.range", $"{field} is a whole number from {low} to {high}.") { Field = field, Remedy = $"Give a number from {low} to {high}." };

    public static Problem Shares { get; } = new("lab.split.test", "Candidates are compared on test rows, so a part of the rows must test.") { Field = "split", Remedy = "Choose a split with a test part." };

    public static Problem Budget(double most) => new("lab.budget", $"A tuning budget lies above 0 and at or below {most} seconds.") { Field = "budget", Remedy = "Give fewer seconds." };

    public static Problem NotDone { get; } = new("lab.run.notDone", "The run has not ended.") { Remedy = "Wait until it has, or resume it." };

    public static Problem StillRunning { get; } = new("lab.run.running", "The run is still at work.") { Remedy = "Wait for it, or cancel it first." };

    public static Problem Ended { get; } = new("lab.run.ended", "The run has ended already.") { Remedy = "Start a new run." };

    public static Problem Reason(int shortest) => new("lab.reason.short", $"A reason has at least {shortest} characters.") { Field = "reason", Remedy = "Say why the finding stands." };

    public static Problem NoFinding(string column, string kind) => new("lab.finding.unknown", $"The run has no open finding {kind} of {column}.") { Field = column, Remedy = "See the list of findings." };

    public static Problem Open(string column, string kind) =>
        new("lab.finding.open", $"The finding {kind} of {column} is not acknowledged.") { Field = column, Remedy = "Leave the column out and train again, or take responsibility for it with a reason." };
}
