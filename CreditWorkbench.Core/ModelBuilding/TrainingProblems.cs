using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Why a model is not built or not registered.</summary>
internal static class TrainingProblems
{
    /// <summary>Code of a leak that nobody has taken responsibility for.</summary>
    public const string LeakCode = "training.leakage";

    public static Problem UnknownCandidate(string family) =>
        new("training.candidate.unknown", $"There is no candidate named {family}.") { Field = "candidates", Remedy = $"Choose among {string.Join(", ", CandidateCatalogue.Available)}." };

    public static Problem OrdinalCandidate(string family) =>
        new("training.candidate.ordinal", $"{family} does not learn ordered classes.") { Field = "candidates", Remedy = "Use forest." };

    public static Problem NoCandidate { get; } =
        new("training.candidate.none", "There is no candidate.") { Field = "candidates", Remedy = $"Name at least one of {string.Join(", ", CandidateCatalogue.Available)}." };

    public static Problem ChosenNotTried(string family) =>
        new("training.choose", $"{family} is to be chosen, but is not among the candidates.") { Field = "choose", Remedy = "Name it as a candidate too, or choose best." };

    public static Problem UnknownParameter(string family, string name, IEnumerable<string> known) =>
        new("training.parameter.unknown", $"{family} has no parameter {name}.") { Field = $"{family}.{name}", Remedy = $"Known are {string.Join(", ", known)}." };

    public static Problem BadParameter(string family, string name, string value) =>
        new("training.parameter.value", $"{value} is not a value of the parameter.") { Field = $"{family}.{name}", Remedy = "Give a number in the parameter's range." };

    public static Problem BadClassWeights(string family, string value, int classes) =>
        new("training.parameter.value", $"{value} says nothing of the weights of {classes} classes.")
        {
            Field = $"{family}.{ClassWeighting.Parameter}",
            Remedy = classes == 2 ? "Give balanced, none, or two numbers from 0.000001 to 1000000: good, bad." : $"Give balanced, none, or {classes} numbers from 0.000001 to 1000000, best class first.",
        };

    public static Problem SmoteOfWeights(string? column) =>
        new("training.weights.smote", "Synthetic rows have no weight, and the rows at hand have.") { Field = column, Remedy = "Balance by weights or not at all, or leave the column of weights out." };

    public static Problem ParametersNotJson(string detail) =>
        new("training.parameters.json", $"The parameters are not a JSON object of families and their parameters: {detail}") { Remedy = """Write for example {"boosting":{"trees":300,"depth":6}}.""" };

    public static Problem RecordsNeeded { get; } =
        new("training.records.missing", "The dictionary fits transforms or blanks withdrawable sources, which needs the accepted inputs of every row.") { Remedy = "Keep the records when the data set is read." };

    public static Problem CheckpointOfAnotherRun(string path) =>
        new("training.checkpoint.other", $"{path} was written by a run on other rows or with other settings.") { Field = "checkpoint", Remedy = "Repeat the settings of that run, or name another file." };

    public static Problem CheckpointUnreadable(string path) =>
        new("training.checkpoint.unreadable", $"{path} is no record of trials.") { Field = "checkpoint", Remedy = "Name another file, or delete this one." };

    public static Problem Budget(double seconds) =>
        new("training.budget", string.Create(CultureInfo.InvariantCulture, $"A tuning budget of {seconds} seconds is not above 0.")) { Field = "budget", Remedy = "Give seconds above 0, or leave the budget out." };

    public static Problem NotRefitted(string reference, string family) =>
        new("training.refit.family", $"{reference} is a {family} from elsewhere, of which nothing is known but what it answers: there is nothing to learn on from.")
        {
            Field = "refit",
            Remedy = "Train on old and new rows together.",
        };

    public static Problem NotOfRefit(string family, string parameter) =>
        new("training.refit.parameter", $"A refitted {family} keeps what {parameter} would say.") { Field = $"{family}.{parameter}", Remedy = "Leave the parameter out, or train a new model." };

    public static Problem SampledReasons(string family) =>
        new("training.reasons.sampled", $"The reasons of a {family} are sampled: it is a challenger, and is not promoted where reasons are owed.") { Field = "candidates" };

    public static Problem NotJudged(string family) =>
        new("training.candidate.notJudged", $"The run has no judged candidate {family}.") { Field = "candidates", Remedy = "Choose one of the candidates that the run judged." };

    public static Problem Calibration(string kind) =>
        new("training.calibration.unavailable", $"The calibration {kind} is not available.") { Field = "calibration", Remedy = "Use auto, platt, isotonic, beta or none." };

    public static Problem Balance(string kind) =>
        new("training.balance.unknown", $"There is no balancing by {kind}.") { Field = "balance", Remedy = "Use none, weights or smote." };

    public static Problem UncorrectedBalance { get; } =
        new("training.balance.uncorrected", "Synthetic rows change the base rate, and without a calibration nothing would put it right.") { Field = "calibration", Remedy = "Use auto, platt, isotonic or beta with smote." };

    public static Problem BlendOfBlends { get; } =
        new("training.blend.blend", "A blend is no member of a blend.") { Field = "blend.members", Remedy = "Name other families." };

    public static Problem Direction(DirectionFinding finding)
    {
        var first = finding.Violations[0];
        return new Problem("training.direction", string.Create(CultureInfo.InvariantCulture,
            $"The model breaks the declared direction ({(finding.Direction > 0 ? "risk rises" : "risk falls")}) {finding.Violations.Count} times, first from {first.From} to {first.To}."))
        {
            Field = finding.Column,
            Remedy = "Train again, or declare the direction that experience supports.",
        };
    }

    public static Problem Leak(LeakageFinding finding) =>
        new(LeakCode, finding.Evidence) { Field = finding.Column, Remedy = $"Leave the column out, or acknowledge {finding.Column}:{finding.Kind}." };
}
